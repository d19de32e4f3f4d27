using MigrationsBuild.Diagnostics;
using MigrationsBuild.Messages;
using MigrationsBuild.Protocol;
using MigrationsBuild.Revisions;

namespace MigrationsBuild.Runner.Catalogs;

/// <summary>
/// The objects that a database has after each migration. A publish writes them to a file, so that the deployed runner can compare a
/// database without a scratch database. The file contains the changes of each migration.
/// </summary>
/// <param name="product">The database that has executed the migrations: <c>PostgreSQL 15</c>.</param>
internal sealed class ExpectedSchema(string product)
{
    private const int Format = 1;
    private const string Header = "schema";
    private const string Migration = "migration";
    private const string Created = "created";
    private const string Dropped = "dropped";

    private readonly List<(ManifestMigration Migration, IReadOnlyList<CatalogDifference> Changes)> _steps = [];
    private Catalog _newest = Catalog.Empty;

    /// <summary>
    /// The database that has executed the migrations. Another version may write the definition of the same object differently.
    /// </summary>
    public string Product => product;

    /// <summary>Adds the next migration.</summary>
    /// <param name="migration">The migration.</param>
    /// <param name="after">The objects after it.</param>
    public void Add(ManifestMigration migration, Catalog after)
    {
        _steps.Add((migration, _newest.AllDifferencesTo(after)));
        _newest = after;
    }

    /// <summary>The objects after some migrations.</summary>
    /// <param name="applied">The ids.</param>
    /// <returns>The objects; <see langword="null"/> if a migration is missing among older ones.</returns>
    public Catalog? After(IReadOnlyCollection<string> applied)
    {
        var steps = _steps.Take(applied.Count).ToList();
        return steps.Count == applied.Count && steps.TrueForAll(step => applied.Contains(step.Migration.Id, MigrationId.Equality))
            ? steps.Aggregate(Catalog.Empty, (catalog, step) => catalog.With(step.Changes))
            : null;
    }

    /// <summary>Writes the file.</summary>
    public void Write(string path) => MessageFile.Write(path, Messages());

    /// <summary>Reads the file that was published with a manifest.</summary>
    /// <param name="manifestPath">The file of the manifest.</param>
    /// <param name="manifest">The manifest.</param>
    /// <returns>The objects; <see langword="null"/> if the publish has written none.</returns>
    /// <exception cref="MigrationsException">The file can't be read, or isn't about these migrations.</exception>
    public static ExpectedSchema? Read(string manifestPath, Manifest manifest)
    {
        var path = Path.ChangeExtension(manifestPath, Manifest.SchemaExtension);
        if (!File.Exists(path))
            return null;
        try
        {
            return Parse([.. MessageFile.Read(path)], manifest);
        }
        catch (Exception failure) when (failure
            is IOException or UnauthorizedAccessException or InvalidOperationException or ArgumentException or MigrationsException)
        {
            throw new MigrationsException(
                DiagnosticCodes.Tampered,
                $"The expected objects can't be read, so the database isn't compared: {failure.Message} "
                + "Publish again with <DbPublish>runner+schema</DbPublish>.",
                new Location(path, 1, 1),
                failure);
        }
    }

    private IEnumerable<MessageLine> Messages()
    {
        yield return new MessageLine(Header).With("format", Format).With("product", product)
            .With("count", _steps.Sum(step => 1 + step.Changes.Count));
        foreach (var (migration, changes) in _steps)
        {
            yield return new MessageLine(Migration).With("id", migration.Id).With("hash", migration.UpHash);
            foreach (var change in changes)
            {
                var one = change.Object;
                var line = new MessageLine(change.Actual is null ? Dropped : Created).With("kind", one.Kind).With("name", one.Name);
                yield return change.Actual is { } actual ? line.With("definition", actual.Definition).With("owner", actual.Owner) : line;
            }
        }
    }

    private static ExpectedSchema Parse(IReadOnlyList<MessageLine> messages, Manifest manifest)
    {
        if (messages is not [{ Name: Header } header, ..] || header.Number("format") != Format)
            throw new InvalidOperationException("The file has another format.");
        if (header.Number("count") != messages.Count - 1)
            throw new InvalidOperationException("The file is incomplete.");
        var migrations = messages.Where(message => message.Name == Migration).Select(message => (message["id"], message["hash"]));
        if (!migrations.SequenceEqual(manifest.Migrations.Select(migration => (migration.Id, migration.UpHash))))
            throw new InvalidOperationException("The file is about other migrations.");

        var schema = new ExpectedSchema(header["product"]);
        foreach (var message in messages.Skip(1))
        {
            if (message.Name == Migration)
                schema._steps.Add((manifest.Find(message["id"]), new List<CatalogDifference>()));
            else
                ((List<CatalogDifference>)schema._steps[^1].Changes).Add(Change(message));
        }

        return schema;
    }

    private static CatalogDifference Change(MessageLine message)
    {
        var one = new CatalogObject(message["kind"], message["name"], message.Find("definition") ?? "")
        {
            Owner = message.Find("owner") ?? "",
        };
        return message.Name == Dropped ? new CatalogDifference(one, null) : new CatalogDifference(null, one);
    }
}
