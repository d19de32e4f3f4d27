using MigrationsBuild.Sql;

namespace MigrationsBuild.Revisions;

/// <summary>EF Core's migration ids: a timestamp of 14 digits, an underscore, and the name; or whatever the attribute says.</summary>
public static class MigrationId
{
    /// <summary>How long an id may be: the width of EF Core's history column.</summary>
    public const int MaxLength = 150;

    /// <summary>The order in which EF Core applies migrations.</summary>
    public static readonly StringComparer Order = StringComparer.Ordinal;

    /// <summary>How ids are compared for equality, by EF Core and by us.</summary>
    public static readonly StringComparer Equality = StringComparer.OrdinalIgnoreCase;

    /// <summary>The name in an id: what follows the first underscore, or all of it.</summary>
    /// <param name="id">A migration's id.</param>
    public static string NameOf(string id) => id.Substring(id.IndexOf('_') + 1);

    /// <summary>Whether files can be named after this id, an approvals file can hold it, and a reviewer can see it whole.</summary>
    /// <param name="id">Any text.</param>
    public static bool IsUsable(string id) =>
        id.Length is > 0 and <= MaxLength && id[0] is not ('.' or '#') && InvisibleText.Find(id) is null
        && id.All(c => !char.IsWhiteSpace(c) && c is not ('/' or '\\' or ':' or '*' or '?' or '"' or '<' or '>' or '|'));
}
