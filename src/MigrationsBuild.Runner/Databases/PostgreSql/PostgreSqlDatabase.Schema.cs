using MigrationsBuild.Diagnostics;
using MigrationsBuild.Sql;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Runner.Databases.PostgreSql;

/// <content>
/// The schema of the history and the journal. A name without a schema means what the search path says, which differs from tenant to tenant
/// and which a migration may change. So it is asked for once, when the session is as the connection and the role configure it.
/// </content>
internal sealed partial class PostgreSqlDatabase
{
    private const string UsualPath = "\"$user\", public";

    private string _schema = "";
    private string _searchPath = "";
    private string _login = "";

    /// <summary>If another path is set, the schema is shown even if it is the usual one: the one that was meant may be missing.</summary>
    public override string? Schema =>
        History.Schema is not null || _schema.Length == 0 || _schema == "public" && _searchPath is "public" or UsualPath ? null : _schema;

    public override string HistoryName => Qualified(History.Name);

    public override string JournalName => Qualified(JournalTable);

    private string Qualified(string table) => $"{SqlText.Quote(_schema)}.{SqlText.Quote(table)}";

    private async Task FindSchemaAsync(SessionFacts facts, CancellationToken cancellation)
    {
        (_login, _searchPath) = (facts.User, facts.SearchPath);
        _schema = History.Schema ?? facts.HistorySchema ?? facts.CurrentSchema ?? throw await NoUsableSchemaAsync(cancellation);
    }

    private async Task<MigrationsException> NoUsableSchemaAsync(CancellationToken cancellation)
    {
        var existing = await QueryAsync(
            SqlCommand.Own("SELECT quote_ident(nspname) FROM pg_namespace WHERE quote_ident(nspname) IN (SELECT trim(p) FROM unnest(string_to_array($1, ',')) p)", _searchPath), cancellation);
        return existing is [[{ } schema], ..]
            ? MayNotUse(schema)
            : new MigrationsException(
                DiagnosticCodes.NoSchema,
                $"No schema of the search path exists in {Name}: {_searchPath}. Correct \"Search Path\" in the connection string or the role's search_path, "
                + $"or create the schema: CREATE SCHEMA {_searchPath.Split(',')[0].Trim()}");
    }

    private MigrationsException MayNotUse(string schema) => new(
        DiagnosticCodes.NoPermission,
        $"{_login} has no permission to use the schema {schema}, where the history table belongs. "
        + $"Have an administrator run: GRANT USAGE ON SCHEMA {schema} TO {SqlText.Quote(_login)}.",
        Hint.Add("Or become a role that has it", "DbRole", "<role>"));
}
