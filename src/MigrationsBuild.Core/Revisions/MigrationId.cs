using MigrationsBuild.Text;

namespace MigrationsBuild.Revisions;

/// <summary>The ids of EF Core's migrations: a timestamp of 14 digits, an underscore and the name, or the text in the attribute.</summary>
public static class MigrationId
{
    /// <summary>The maximum length of an id: the width of the column in EF Core's history table.</summary>
    public const int MaxLength = 150;

    private const int TimestampLength = 14;

    /// <summary>The order in which EF Core applies migrations.</summary>
    public static readonly StringComparer Order = StringComparer.Ordinal;

    /// <summary>The comparison of ids for equality, which is that of EF Core.</summary>
    public static readonly StringComparer Equality = StringComparer.OrdinalIgnoreCase;

    /// <summary>Whether an id begins as those that EF Core creates: 14 digits and an underscore, before a name without dots.</summary>
    public static bool HasTimestamp(string id)
    {
        for (var i = 0; i < TimestampLength; i++)
        {
            if (i == id.Length || id[i] is < '0' or > '9')
                return false;
        }

        return id.Length > TimestampLength + 1 && id[TimestampLength] == '_' && id.IndexOf('.') < 0;
    }

    /// <summary>The name in an id: the text after the first underscore, or the whole id.</summary>
    public static string NameOf(string id) => id.Substring(id.IndexOf('_') + 1);

    /// <summary>Whether an id can be the name of a file and a field of the approvals file, and has no invisible characters.</summary>
    public static bool IsUsable(string id) =>
        id.Length is > 0 and <= MaxLength && id[0] is not ('.' or '#') && InvisibleText.Find(id) is null
        && id.All(c => !char.IsWhiteSpace(c) && c is not ('/' or '\\' or ':' or '*' or '?' or '"' or '<' or '>' or '|'));
}
