using MigrationsBuild.Contexts;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Sql;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Runner.Databases.PostgreSql;

/// <summary>
/// The schema of the history and the journal. A name without a schema means the table that the search path finds. The path can differ from
/// tenant to tenant, and a migration may change it. So it is read once, when the session is as the connection and the role configure it.
/// </summary>
/// <param name="history">The history table.</param>
internal sealed class HistorySchema(HistoryTable history)
{
    private const string UsualPath = "\"$user\", public";

    private string _user = "";

    /// <summary>The schema; empty without a connection.</summary>
    public string Name { get; private set; } = "";

    public string SearchPath { get; private set; } = "";

    /// <summary>The history table's name as it is written in SQL.</summary>
    public string HistoryName => Qualified(history.Name);

    /// <summary>The journal's name as it is written in SQL.</summary>
    public string JournalName => Qualified(Database.JournalTable);

    /// <summary>
    /// The schema to show to people; <see langword="null"/> if it goes without saying. With a search path of its own it is shown even if it
    /// is the usual one, because the schema that was meant may be missing.
    /// </summary>
    public string? ShownName => history.Schema is not null || Name.Length == 0 || Name == "public" && SearchPath is "public" or UsualPath
        ? null
        : Name;

    /// <summary>Finds the schema.</summary>
    /// <exception cref="MigrationsException">The search path has no schema that exists and may be used.</exception>
    public async Task FindAsync(PostgreSqlSession session, SessionFacts facts, string database, CancellationToken cancellation)
    {
        (_user, SearchPath) = (facts.User, facts.SearchPath);
        Name = history.Schema ?? facts.HistorySchema ?? facts.CurrentSchema
            ?? throw await NoUsableSchemaAsync(session, database, cancellation);
    }

    /// <summary>A table of the schema as it is written in SQL.</summary>
    public string Qualified(string table) => $"{SqlText.Quote(Name)}.{SqlText.Quote(table)}";

    /// <summary>Explains that the role can't use a schema.</summary>
    public MigrationsException MayNotUse(string schema) => new(
        DiagnosticCodes.NoPermission,
        $"{_user} has no permission to use the schema {schema}, where the history table belongs. "
        + $"Have an administrator run: GRANT USAGE ON SCHEMA {schema} TO {SqlText.Quote(_user)}.",
        Hint.Add("Or become a role that has it", "DbRole", "<role>"));

    private async Task<MigrationsException> NoUsableSchemaAsync(
        PostgreSqlSession session, string database, CancellationToken cancellation)
    {
        var existing = await session.QueryAsync(
            SqlCommand.Own(
                """
                SELECT quote_ident(nspname) FROM pg_namespace
                WHERE quote_ident(nspname) IN (SELECT trim(p) FROM unnest(string_to_array($1, ',')) p)
                """,
                SearchPath),
            cancellation);
        return existing is [[{ } schema], ..]
            ? MayNotUse(schema)
            : new MigrationsException(
                DiagnosticCodes.NoSchema,
                $"No schema of the search path exists in {database}: {SearchPath}. "
                + "Correct \"Search Path\" in the connection string or the role's search_path, "
                + $"or create the schema: CREATE SCHEMA {SearchPath.Split(',')[0].Trim()}");
    }
}
