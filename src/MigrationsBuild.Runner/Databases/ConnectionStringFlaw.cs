using System.Data.Common;
using System.Globalization;

namespace MigrationsBuild.Runner.Databases;

/// <summary>
/// Explains an invalid connection string without any of its values. A part of a password after a semicolon looks like a keyword, so a
/// keyword is quoted only if the provider knows it.
/// </summary>
internal static class ConnectionStringFlaw
{
    private const string Form = "Its form is that of ADO.NET: Host=…;Database=…;Username=…;Password=…, or Data Source=app.db.";

    /// <summary>The flaw, as sentences.</summary>
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
            ? $"The connection string can't be understood: the value of {NameOf(named)} is invalid. Correct it."
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

    /// <summary>The parser returns keywords in lower case.</summary>
    private static string NameOf(string keyword) => CultureInfo.InvariantCulture.TextInfo.ToTitleCase(keyword);
}
