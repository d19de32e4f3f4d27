using System.Globalization;
using System.Text.Json;
using MigrationsBuild.Runner.Catalogs;

namespace MigrationsBuild.Runner.Databases.PostgreSql;

/// <summary>
/// Reads all objects of the database that migrations can create, in one statement, so that they are those of one moment. It reads only
/// catalogs, which every role may read. Objects of extensions are left out.
/// </summary>
/// <param name="session">The session.</param>
/// <param name="historyName">The history table, in SQL. Its owner is the role of the migrations.</param>
internal sealed class SchemaReader(PostgreSqlSession session, string historyName)
{
    /// <summary>What isn't compared, for people.</summary>
    /// <param name="withPrivileges">Whether privileges are compared.</param>
    public static string NotCompared(bool withPrivileges) =>
        (withPrivileges ? "the privileges of owners, and those on databases, languages and large objects" : "privileges")
        + ", owners, tablespaces, the order of columns, aggregates, ranges, operators, casts, collations, text search, statistics, "
        + "publications, subscriptions, foreign servers, event triggers";

    /// <summary>Reads the objects.</summary>
    /// <param name="withPrivileges">Whether privileges are objects as well.</param>
    public async Task<Catalog> ReadAsync(bool withPrivileges, CancellationToken cancellation)
    {
        var rows = await session.QueryAsync(
            withPrivileges ? SqlCommand.Own(SchemaQuery.WithPrivileges, historyName) : SchemaQuery.Text, cancellation);
        var keys = new Dictionary<string, ObjectKey>();
        foreach (var row in rows)
        {
            foreach (var id in row[5]!.Split(' '))
                keys[id] = new ObjectKey(row[0]!, row[1]!);
        }

        return new Catalog(rows.Select(row => Read(row, keys)));
    }

    /// <summary>An object. A sequence doesn't need the column that owns it: the default of the column needs the sequence.</summary>
    private static CatalogObject Read(string?[] row, Dictionary<string, ObjectKey> keys)
    {
        using var texts = JsonDocument.Parse(row[2]!);
        var parts = texts.RootElement.EnumerateArray().Select(text => text.GetString()).Chunk(2)
            .Where(part => part[1] is not null)
            .ToDictionary(part => part[0]!, part => part[1]!);
        var words = parts.Where(part => part.Key != "comment" && part.Key[0] != '#').Select(part => part.Value);
        var comment = parts.TryGetValue("comment", out var text) ? "\n-- " + text.Replace("\n", "\n-- ") : "";
        var key = new ObjectKey(row[0]!, row[1]!);
        return new CatalogObject(key.Kind, key.Name, string.Join(' ', words) + comment)
        {
            Owner = row[3]!,
            Rank = int.Parse(row[4]!, CultureInfo.InvariantCulture),
            Parts = parts,
            Needs =
            [
                .. (row[6] ?? "").Split(' ').Select(id => Find(keys, id)).OfType<ObjectKey>().Distinct()
                    .Where(other => other != key && (key.Kind != "sequence" || other.Kind == "schema")),
            ],
        };
    }

    /// <summary>The object of an id. The columns of views, unlike those of tables, are no objects of their own.</summary>
    private static ObjectKey? Find(Dictionary<string, ObjectKey> keys, string id) =>
        keys.GetValueOrDefault(id) ?? keys.GetValueOrDefault(id[..(id.LastIndexOf('/') + 1)] + "0");
}
