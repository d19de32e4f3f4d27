using MigrationsBuild.Runner.Databases;

namespace MigrationsBuild.Runner.Migrations;

/// <summary>
/// Rows of the journal that say whether a database belongs to a developer or to deployments. A development mark is valid for one database
/// of one server, because a dump contains it, and a database that is restored from the dump must not become a development database. A
/// strict build or a deployed runner removes the mark. An SQLite file needs no mark, so it gets one that says that it belongs to
/// deployments.
/// </summary>
/// <param name="database">The database.</param>
/// <param name="context">Full name of the DbContext.</param>
internal sealed class DatabaseMark(Database database, string context)
{
    private const string Development = "development";
    private const string Deployment = "deployment";

    private bool _hasDevelopmentRow;

    /// <summary>Whether it was missing or empty when a build first migrated it, and no deployment has migrated it since.</summary>
    public bool IsDevelopment { get; private set; }

    /// <summary>Whether a deployment has migrated it.</summary>
    public bool IsDeployment { get; private set; }

    /// <summary>Reads it from the journal.</summary>
    /// <param name="hasJournal">Whether there is a journal that the user may read.</param>
    public async Task ReadAsync(bool hasJournal, CancellationToken cancellation)
    {
        var rows = !hasJournal ? [] : await database.QueryAsync(
            SqlCommand.Own(
                $"""SELECT "Action", "Hash" FROM {database.JournalName} WHERE "MigrationId" = '' AND "Action" IN ($1, $2)""",
                Development, Deployment),
            cancellation);
        var identities = rows.Where(row => row[0] == Development).Select(row => row[1]).ToList();
        _hasDevelopmentRow = identities.Count > 0;
        IsDeployment = rows.Exists(row => row[0] == Deployment);
        IsDevelopment = _hasDevelopmentRow
            && await database.ReadIdentityAsync(cancellation) is { } identity && identities.Contains(identity);
    }

    /// <summary>Marks a database that was missing or empty, in the transaction that creates the journal.</summary>
    /// <returns>The statements; none if the database has no identity for which a mark could be valid.</returns>
    public async Task<IReadOnlyList<SqlCommand>> MarkAsync(CancellationToken cancellation) =>
        !database.IsAlwaysDevelopment && await database.ReadIdentityAsync(cancellation) is { } identity
            ? [Insert(Development, identity)]
            : [];

    /// <summary>The statements that make it belong to deployments; none if it already does.</summary>
    public IReadOnlyList<SqlCommand> Claim() =>
    [
        .. _hasDevelopmentRow ? new[] { DeleteDevelopment } : [],
        .. database.IsAlwaysDevelopment && !IsDeployment ? new[] { Insert(Deployment, null) } : [],
    ];

    private SqlCommand DeleteDevelopment => SqlCommand.Own(
        $"""DELETE FROM {database.JournalName} WHERE "MigrationId" {database.Equal} '' AND "Action" {database.Equal} $1""", Development);

    private SqlCommand Insert(string action, string? hash) => SqlCommand.Own(
        $"""
        INSERT INTO {database.JournalName} ("Context", "MigrationId", "Action", "Hash", "At", "By")
        VALUES ($1, '', $2, $3, {database.Now}, {database.User})
        """,
        context, action, hash);
}
