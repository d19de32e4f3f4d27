using System.Globalization;

namespace MigrationsBuild.Reliability.Migrations;

/// <summary>A migration that is given as SQL.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Sql">What it executes.</param>
public sealed record SqlMigration(string Id, string Sql)
{
    /// <summary>The line before a statement that runs outside the transaction.</summary>
    public const string Outside = "-- outside a transaction\n";

    /// <summary>A log without key: a migration that runs twice has two rows in it.</summary>
    public const string CreateLog = "CREATE TABLE \"Log\" (\"Migration\" integer NOT NULL);\n";

    /// <summary>Migrations with numbered ids.</summary>
    /// <param name="texts">Their SQL, oldest first.</param>
    public static IReadOnlyList<SqlMigration> Number(IEnumerable<string> texts) =>
        [.. texts.Select((sql, index) => new SqlMigration(IdOf(index + 1), sql))];

    private static string IdOf(int number) => string.Create(CultureInfo.InvariantCulture, $"202601{number:00}000000_M{number:00}");

    /// <summary>SQL that logs a migration and creates the table of its number, and so can't run twice unnoticed.</summary>
    /// <param name="number">The migration's number.</param>
    public static string LogAndCreate(int number) => string.Create(
        CultureInfo.InvariantCulture,
        $"INSERT INTO \"Log\" VALUES ({number});\nCREATE TABLE \"T{number:00}\" (\"Id\" integer PRIMARY KEY, \"Name\" text);\n");
}
