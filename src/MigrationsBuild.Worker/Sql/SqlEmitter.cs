using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using MigrationsBuild.Contexts;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Sql;
using MigrationsBuild.Worker.History;
using MigrationsBuild.Worker.Model;
using MigrationsBuild.Worker.Source;

namespace MigrationsBuild.Worker.Sql;

/// <summary>
/// Generates the SQL of migrations with EF Core's own generator, operations and models, so that the statements are those of
/// <c>dotnet ef migrations script</c>.
/// </summary>
/// <param name="context">A context. Emission doesn't change it.</param>
/// <param name="models">The models of its migrations; <see langword="null"/> if only a draft is emitted.</param>
/// <param name="source">Finds the lines of operations; <see langword="null"/> if nobody needs them.</param>
internal sealed class SqlEmitter(DbContext context, TargetModels? models = null, SourceMap? source = null)
{
    private const string BuildOnly = "A build runs Up() to generate its SQL, and a deployment never runs it. "
        + "So a deployment does nothing that Up() does in addition to its operations";

    private readonly IMigrationsSqlGenerator _generator = context.GetService<IMigrationsSqlGenerator>();
    private readonly IMigrationsAssembly _migrations = context.GetService<IMigrationsAssembly>();
    private readonly SqlDialect _dialect = SqlDialects.OfProvider(context.Database.ProviderName!);
    private readonly string _batchTerminator = HistoryTables.BatchTerminatorOf(context);

    // The Down of the next migration needs this migration's model. Only two are kept, because a long history has hundreds of them, and
    // each takes megabytes.
    private readonly List<(string Id, IModel? Model)> _models = [];
    private readonly Lazy<SchemaWriter> _schema = new(() => new SchemaWriter(context));

    /// <summary>The SQL of a migration of the migrations assembly.</summary>
    /// <param name="previousId">The id before it; <see langword="null"/> for the first migration.</param>
    /// <param name="isDoubtful">Whether the C# has to run again, to see if it generates the same SQL.</param>
    public Emission Emit(string id, string? previousId, Predicate<Emission> isDoubtful)
    {
        var first = Emit(id, previousId);
        if (first.Up is null || !isDoubtful(first))
            return first;
        // Most texts of a time contain its second, so the second run is in another one.
        if (NonDeterministicSql.ContainsToday(first.Up + first.Down))
            Thread.Sleep(TimeSpan.FromSeconds(1.1));
        var second = Emit(id, previousId);
        return first with
        {
            UpAgain = second.Up == first.Up ? null : second.Up,
            DownAgain = second.Down == first.Down ? null : second.Down,
        };
    }

    /// <summary>The tables that a migration uses; <see langword="null"/> if their models can't be built.</summary>
    /// <param name="id">The id of the migration.</param>
    /// <param name="previousId">The id before it; <see langword="null"/> for the first migration.</param>
    /// <param name="sql">The migration's SQL.</param>
    public SchemaFacts? Schema(string id, string? previousId, string sql)
    {
        try
        {
            var facts = _schema.Value.Write(previousId is null ? null : ModelOf(previousId), ModelOf(id), sql);
            return source is null ? facts : facts with { Lines = [.. LinesOf(Create(id), ModelOf(id), source)] };
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            // The emission says why.
            return null;
        }
    }

    /// <summary>The line of each statement. A statement that several operations generate together has none.</summary>
    private IEnumerable<string> LinesOf(Migration migration, IModel? model, SourceMap source) =>
        from pair in new OperationLines(migration, source).Run()
        where pair.Line > 0
        from statement in SqlScript.Parse(Write([pair.Operation], model), _dialect)
        select SchemaFacts.LineOf(statement.Text, pair.Line);

    private Emission Emit(string id, string? previousId)
    {
        IReadOnlyList<MigrationOperation> operations;
        Migration migration;
        try
        {
            migration = Create(id);
            operations = migration.UpOperations;
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            var hint = failure is NotSupportedException or NotImplementedException ? "" : $". {BuildOnly}";
            return Refused([], model: null, $"Up() throws {Describe(failure)}{hint}");
        }

        return Emit(
            operations,
            () => ModelOf(id),
            () => migration.DownOperations,
            () => previousId is null ? null : ModelOf(previousId));
    }

    /// <summary>The SQL that creates the context's model in an empty database, as EF Core's <c>dbcontext script</c> writes it.</summary>
    public string ModelScript()
    {
        var model = context.GetService<IDesignTimeModel>().Model;
        return Write(context.GetService<IMigrationsModelDiffer>().GetDifferences(null, model.GetRelationalModel()), model);
    }

    /// <summary>The tables that a migration that isn't compiled yet uses.</summary>
    public SchemaFacts Schema(ModelDrift drift, string sql) => _schema.Value.Write(drift.Before, drift.After, sql);

    /// <summary>The SQL of a migration that isn't compiled yet.</summary>
    /// <param name="drift">The changes.</param>
    /// <param name="differ">The comparison whose operations the migration has, if they aren't those of the drift.</param>
    public Emission Emit(ModelDrift drift, IMigrationsModelDiffer? differ = null)
    {
        var (before, after) = (drift.Before?.GetRelationalModel(), drift.After.GetRelationalModel());
        var operations = differ?.GetDifferences(before, after) ?? drift.Operations;
        return Emit(
            operations,
            () => ModelInitializer.Initialize(context, drift.After),
            () => operations.Count > 0 && differ is not null ? differ.GetDifferences(after, before) : drift.Reverse,
            () => ModelInitializer.Initialize(context, drift.Before));
    }

    /// <summary>The SQL of a migration that isn't compiled yet, and that creates a model in an empty database.</summary>
    /// <param name="model">The finalized model.</param>
    /// <param name="differ">The comparison whose operations the migration has.</param>
    public Emission Emit(IModel model, IMigrationsModelDiffer differ)
    {
        var after = model.GetRelationalModel();
        return Emit(differ.GetDifferences(null, after), () => model, () => differ.GetDifferences(after, null), () => null);
    }

    private Emission Emit(
        IReadOnlyList<MigrationOperation> operations,
        Func<IModel?> after,
        Func<IReadOnlyList<MigrationOperation>> reverse,
        Func<IModel?> before)
    {
        using var warnings = new EfWarnings(context);
        return EmitOnce(operations, after, reverse, before) with { Warnings = warnings.Texts };
    }

    private Emission EmitOnce(
        IReadOnlyList<MigrationOperation> operations,
        Func<IModel?> after,
        Func<IReadOnlyList<MigrationOperation>> reverse,
        Func<IModel?> before)
    {
        string up;
        IModel? model = null;
        try
        {
            model = after();
            up = Write(operations, model);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            return Refused(operations, model, Describe(failure));
        }

        try
        {
            return Emitted(operations, model, up, Write(reverse(), before()), reason: null);
        }
        catch (FormatException failure)
        {
            return Refused(operations, model, $"Down(): {failure.Message}");
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            var reason = IsMissingDown(failure) ? "it has no Down()" : $"Down() throws {Describe(failure)}";
            return Emitted(operations, model, up, down: null, reason);
        }
    }

    /// <summary>EF Core's base class throws if a migration has no Down.</summary>
    private static bool IsMissingDown(Exception failure) =>
        failure is NotSupportedException && failure.TargetSite is { Name: "Down" } method && method.DeclaringType == typeof(Migration);

    private Migration Create(string id) => _migrations.CreateMigration(_migrations.Migrations[id], context.Database.ProviderName!);

    private IModel? ModelOf(string id)
    {
        var at = _models.FindIndex(model => model.Id == id);
        if (at < 0)
        {
            var migration = Create(id);
            _models.Add((id, ModelInitializer.Initialize(context, models?.Of(migration) ?? migration.TargetModel)));
            if (_models.Count > 2)
                _models.RemoveAt(0);
            at = _models.Count - 1;
        }

        return _models[at].Model;
    }

    private string Write(IReadOnlyList<MigrationOperation> operations, IModel? model)
    {
        var commands = _generator.Generate(operations, model, MigrationsSqlGenerationOptions.Script);
        return SqlBody.Write(
            commands.Select(command => new SqlCommandText(command.CommandText, command.TransactionSuppressed)),
            _dialect,
            _batchTerminator);
    }

    private Emission Refused(IReadOnlyList<MigrationOperation> operations, IModel? model, string reason) =>
        Emitted(operations, model, up: null, down: null, reason);

    private Emission Emitted(IReadOnlyList<MigrationOperation> operations, IModel? model, string? up, string? down, string? reason)
    {
        var syntax = new DatabaseSyntax(context, model);
        var describer = new OperationDescriber(syntax);
        return new Emission(
            up,
            down,
            reason,
            [.. operations.Select(describer.Describe), .. up is not null && _dialect == SqlDialect.Sqlite ? SqliteNotes.Of(up) : []],
            new DataLosses(syntax).Of(operations),
            [.. operations.Select(describer.DescribeRename).OfType<string>()]);
    }

    private static string Describe(Exception failure) =>
        failure is FormatException ? failure.Message : $"{failure.GetType().Name}: {Secrets.Mask(failure.Message).TrimEnd('.')}";
}
