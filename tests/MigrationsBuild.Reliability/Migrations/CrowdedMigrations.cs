namespace MigrationsBuild.Reliability.Migrations;

/// <summary>Ten migrations that log themselves and take a short time each, so that runs that start together overlap.</summary>
public static class CrowdedMigrations
{
    /// <summary>All migrations.</summary>
    public static IReadOnlyList<SqlMigration> All { get; } = SqlMigration.Number(Enumerable.Range(1, 10).Select(Sql));

    /// <summary>The SQL of a migration.</summary>
    /// <param name="number">Its number, from 1.</param>
    public static string Sql(int number) =>
        (number == 1 ? SqlMigration.CreateLog : "") + SqlMigration.LogAndCreate(number) + "SELECT pg_sleep(0.05);\n";
}
