using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Storage;
using MigrationsBuild.Contexts;
using MigrationsBuild.Sql;

namespace MigrationsBuild.Worker.History;

/// <summary>
/// An application's own <c>IHistoryRepository</c>, on a database that the runner supports. The runner can't call it, so the worker asks it
/// for the SQL of each migration. The SQL isn't cached, because it may contain values that no stamp covers, such as the application's
/// version.
/// </summary>
internal sealed class CustomHistoryRepository
{
    private const string Any = "20000101000000_Any";
    private const string Another = "20010203040506_Another";

    private readonly IHistoryRepository _repository;
    private readonly SqlDialect _dialect;
    private readonly Assembly _provider;
    private readonly bool _writes;

    public CustomHistoryRepository(DbContext context)
    {
        _repository = context.GetService<IHistoryRepository>();
        _dialect = SqlDialects.OfProvider(context.Database.ProviderName!);
        _provider = context.GetService<IRelationalConnection>().GetType().Assembly;
        _writes = _dialect != SqlDialect.Other
            && (IsCustom(nameof(IHistoryRepository.GetInsertScript)) || IsCustom(nameof(IHistoryRepository.GetDeleteScript)));
    }

    /// <summary>Adds the repository's own behavior to its history table.</summary>
    public HistoryTable Describe(HistoryTable table) => !_writes ? table with { Unsupported = CustomRead() } : table with
    {
        Unsupported = CustomRead() ?? Flaw(ScriptsOf(Any)),
        HasNonDeterministicScripts = ScriptsOf(Any) != ScriptsOf(Any),
        DeleteScript = Delete(),
    };

    /// <summary>The scripts that record a migration; <see langword="null"/> if they are EF Core's.</summary>
    public HistoryScripts? ScriptsOf(string id) => !_writes ? null : new(
        _repository.GetInsertScript(new HistoryRow(id, ProductInfo.GetVersion())).Trim(),
        _repository.GetDeleteScript(id).Trim());

    /// <summary>
    /// The reason why the runner can't read the history. A repository that reads in its own way may, for example, count only the rows of
    /// one application.
    /// </summary>
    private string? CustomRead()
    {
        var name = _repository.GetType().Name;
        if (_dialect == SqlDialect.Other)
            return null;
        if (_repository is not HistoryRepository)
            return $"{name} doesn't derive from the provider's repository, so its table and columns are unknown";
        return IsCustom(nameof(IHistoryRepository.GetAppliedMigrations))
            || IsCustom(nameof(IHistoryRepository.GetAppliedMigrationsAsync))
            || HasCustomQuery()
            ? $"{name} overrides how the applied migrations are read"
            : null;
    }

    private string? Flaw(HistoryScripts? scripts) => scripts is null ? null
        : Flaw(nameof(IHistoryRepository.GetInsertScript), scripts.Insert)
            ?? Flaw(nameof(IHistoryRepository.GetDeleteScript), scripts.Delete);

    private string? Flaw(string method, string script)
    {
        var statements = SqlScript.Parse(script, _dialect);
        if (statements.Count == 0)
            return $"{method} returns no SQL";
        return statements.FirstOrDefault(statement => statement.Flaw is not null)?.Flaw is { } flaw
            ? $"{method} returns SQL that can't be run: {flaw}"
            : null;
    }

    /// <summary>
    /// The script for migrations that the build doesn't have; <see langword="null"/> if the scripts of two migrations differ in more than
    /// the id.
    /// </summary>
    private string? Delete()
    {
        var script = _repository.GetDeleteScript(Any).Trim();
        return script.Contains(Any, StringComparison.Ordinal)
            && script.Replace(Any, Another, StringComparison.Ordinal) == _repository.GetDeleteScript(Another).Trim()
            ? script.Replace(Any, ScriptForm.Id, StringComparison.Ordinal)
            : null;
    }

    /// <summary>Whether a method of the interface is neither EF Core's nor the provider's.</summary>
    private bool IsCustom(string method)
    {
        var map = _repository.GetType().GetInterfaceMap(typeof(IHistoryRepository));
        var index = Array.FindIndex(map.InterfaceMethods, one => one.Name == method);
        return index >= 0 && IsCustom(map.TargetMethods[index]);
    }

    private bool HasCustomQuery()
    {
        const BindingFlags Instance = BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public;
        return _repository.GetType().GetProperty("GetAppliedMigrationsSql", Instance)?.GetMethod is { } query && IsCustom(query);
    }

    private bool IsCustom(MethodInfo method) =>
        method.DeclaringType!.Assembly is var assembly && assembly != typeof(HistoryRepository).Assembly && assembly != _provider;
}
