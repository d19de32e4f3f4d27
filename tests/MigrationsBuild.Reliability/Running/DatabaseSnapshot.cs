using MigrationsBuild.Testing;

namespace MigrationsBuild.Reliability.Running;

/// <summary>The contents of a database without the journal, for comparison with another one.</summary>
/// <param name="Lines">Its schema by <c>pg_dump</c>, then a line a table: how many rows it has, and their hash in an order that doesn't
/// depend on their physical order.</param>
public sealed record DatabaseSnapshot(IReadOnlyList<string> Lines)
{
    /// <summary>Reads the contents.</summary>
    public static DatabaseSnapshot Of(PostgreSqlServer server, string database) => new(
    [
        .. server.Dump(database).Split('\n'),
        .. server.Query(
            database,
            "SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = 'public' AND tablename <> '__MigrationsBuildJournal' ORDER BY "
            + "tablename")
            .Select(
                table => $"{table}: " + server.Query(
                    database, $"SELECT count(*), md5(string_agg(t::text, '|' ORDER BY t::text)) FROM {table} t")[0]),
    ]);

    /// <summary>The first lines that only one of two snapshots has; empty if they are equal.</summary>
    /// <param name="expected">The other.</param>
    public string DifferenceTo(DatabaseSnapshot expected) => Lines.SequenceEqual(expected.Lines)
        ? ""
        : string.Concat(
        Without(expected, this, '-').Concat(Without(this, expected, '+')).DefaultIfEmpty("the same lines in another order\n"));

    private static IEnumerable<string> Without(DatabaseSnapshot one, DatabaseSnapshot other, char mark) =>
        one.Lines.Except(other.Lines).Take(20).Select(line => $"{mark} {line}\n");
}
