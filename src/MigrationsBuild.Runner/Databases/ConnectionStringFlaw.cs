using System.Data.Common;

namespace MigrationsBuild.Runner.Databases;

/// <summary>
/// What is wrong with a connection string, in words that hold nothing of its values: a password with a semicolon in it becomes a keyword of
/// its own, so a keyword is quoted only if the provider knows it.
/// </summary>
internal static class ConnectionStringFlaw
{
    private const string Form = "Its form is that of ADO.NET: Host=…;Database=…;Username=…;Password=…, or Data Source=app.db.";

    /// <summary>The flaw: sentences.</summary>
    /// <param name="connectionString">A connection string that the provider refuses.</param>
    /// <param name="known">An empty builder of the provider.</param>
    public static string Of(string connectionString, DbConnectionStringBuilder known)
    {
        DbConnectionStringBuilder parts;
        try
        {
            parts = new DbConnectionStringBuilder { ConnectionString = connectionString };
        }
        catch (ArgumentException)
        {
            return $"The connection string can't be understood. {Form}";
        }

        var refused = parts.Keys.Cast<string>().Where(keyword => !Takes(known, keyword, parts[keyword])).ToList();
        return refused.Find(keyword => Knows(known, keyword)) is { } named
            ? $"The connection string can't be understood: the value of {NameOf(named)} is none that it can have. Correct it."
            : "The connection string can't be understood: it has a keyword that this provider doesn't know. "
                + $"Correct or remove it; a value with a semicolon belongs in quotes. {Form}";
    }

    private static bool Knows(DbConnectionStringBuilder known, string keyword)
    {
        try
        {
            _ = known[keyword];
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static bool Takes(DbConnectionStringBuilder known, string keyword, object value)
    {
        try
        {
            known[keyword] = value;
            return true;
        }
        catch (Exception)
        {
            return false;
        }
    }

    /// <summary>The parser has it in lower case.</summary>
    private static string NameOf(string keyword) => System.Globalization.CultureInfo.InvariantCulture.TextInfo.ToTitleCase(keyword);
}
