using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Storage;
using MigrationsBuild.Protocol;
using MigrationsBuild.Sql;

namespace MigrationsBuild.Worker.Model;

/// <summary>
/// What the application has changed in EF Core's <c>IHistoryRepository</c>, for a database that the runner knows. The runner can't call it,
/// so it is asked here for the SQL of each migration. It isn't kept: code may write what no stamp sees, the application's version say.
/// </summary>
internal sealed class CustomHistoryRepository
{
    private const string Any = "20000101000000_Any";
    private const string Another = "20010203040506_Another";

    private readonly IHistoryRepository _repository;
    private readonly SqlDialect _dialect;
    private readonly Assembly _provider;
    private readonly bool _writes;

    /// <param name="context">The context.</param>
    public CustomHistoryRepository(DbContext context)
    {
        _repository = context.GetService<IHistoryRepository>();
        _dialect = SqlDialects.OfProvider(context.Database.ProviderName!);
        _provider = context.GetService<IRelationalConnection>().GetType().Assembly;
        _writes = _dialect != SqlDialect.Other && (IsOwn(nameof(IHistoryRepository.GetInsertScript)) || IsOwn(nameof(IHistoryRepository.GetDeleteScript)));
    }

    /// <summary>What is special about its history table.</summary>
    /// <param name="table">The table.</param>
    public HistoryTable Describe(HistoryTable table) => !_writes ? table with { Unsupported = Reads() } : table with
    {
        Unsupported = Reads() ?? Flaw(ScriptsOf(Any)),
        HoldsMoment = ScriptsOf(Any) != ScriptsOf(Any),
        DeleteScript = Delete(),
    };

    /// <summary>How it records a migration; <see langword="null"/> if as EF Core does.</summary>
    /// <param name="id">The migration.</param>
    public HistoryScripts? ScriptsOf(string id) => !_writes ? null : new(
        _repository.GetInsertScript(new HistoryRow(id, ProductInfo.GetVersion())).Trim(), _repository.GetDeleteScript(id).Trim());

    /// <summary>Who reads its table otherwise records otherwise, too: rows that count for one application, say.</summary>
    private string? Reads() => _dialect == SqlDialect.Other ? null
        : _repository is not HistoryRepository ? $"{_repository.GetType().Name} doesn't derive from the provider's repository, which tells its table and columns"
        : IsOwn(nameof(IHistoryRepository.GetAppliedMigrations)) || IsOwn(nameof(IHistoryRepository.GetAppliedMigrationsAsync)) || HasOwnQuery()
            ? $"{_repository.GetType().Name} overrides how the applied migrations are read"
        : null;

    private string? Flaw(HistoryScripts? scripts)
    {
        string? Of(string method, string script) => SqlScript.Parse(script, _dialect) is { Count: > 0 } statements
            ? statements.FirstOrDefault(statement => statement.Flaw is not null)?.Flaw is { } flaw ? $"{method} gives SQL that can't be run: {flaw}" : null
            : $"{method} gives no SQL";
        return scripts is null ? null : Of(nameof(IHistoryRepository.GetInsertScript), scripts.Insert) ?? Of(nameof(IHistoryRepository.GetDeleteScript), scripts.Delete);
    }

    /// <summary>The script for migrations that the build doesn't have, if the id alone makes the difference.</summary>
    private string? Delete()
    {
        var script = _repository.GetDeleteScript(Any).Trim();
        return script.Contains(Any, StringComparison.Ordinal)
            && script.Replace(Any, Another, StringComparison.Ordinal) == _repository.GetDeleteScript(Another).Trim()
            ? script.Replace(Any, ScriptForm.Id, StringComparison.Ordinal)
            : null;
    }

    /// <summary>Whether a method of the interface is neither EF Core's nor the provider's.</summary>
    private bool IsOwn(string method)
    {
        var map = _repository.GetType().GetInterfaceMap(typeof(IHistoryRepository));
        var index = Array.FindIndex(map.InterfaceMethods, one => one.Name == method);
        return index >= 0 && IsOwn(map.TargetMethods[index]);
    }

    private bool HasOwnQuery() =>
        _repository.GetType().GetProperty("GetAppliedMigrationsSql", BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public)?.GetMethod is { } query && IsOwn(query);

    private bool IsOwn(MethodInfo method) =>
        method.DeclaringType!.Assembly is var assembly && assembly != typeof(HistoryRepository).Assembly && assembly != _provider;
}
