using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Storage;
using MigrationsBuild.Contexts;
using MigrationsBuild.Messages;
using MigrationsBuild.Sql;
using MigrationsBuild.Worker.Source;

namespace MigrationsBuild.Worker.History;

/// <summary>
/// The history tables of contexts, with custom names and the naming conventions of plug-ins. EF Core has to build a model and generate SQL
/// for them, which takes a tenth of a check's time, so they are cached for the same code and options.
/// </summary>
internal sealed class HistoryTables(string cachePath)
{
    /// <summary>The history table of a context.</summary>
    public HistoryTable Of(DbContext context)
    {
        var repository = context.GetService<IHistoryRepository>();
        var identity = Identity(context, repository);
        var cached = MessageFile.ReadIfPresent(cachePath).ToList();
        if (cached.Find(message => message["identity"] == identity)?.TryReadRecord<HistoryTable>() is { } known)
            return known;
        var table = Read(repository) with { Form = FormOf(context, repository) };
        var name = context.GetType().LongName();
        cached.RemoveAll(message => message["context"] == name);
        cached.Add(new MessageLine("history").With("context", name).With("identity", identity).WithRecord(table));
        MessageFile.Write(cachePath, cached);
        return table;
    }

    /// <summary>The end of a batch in scripts for a database that the runner doesn't support; empty for the others.</summary>
    public static string BatchTerminatorOf(DbContext context) =>
        SqlDialects.OfProvider(context.Database.ProviderName!) == SqlDialect.Other
            ? context.GetService<ISqlGenerationHelper>().BatchTerminator.Trim()
            : "";

    private static ScriptForm? FormOf(DbContext context, IHistoryRepository repository)
    {
        if (SqlDialects.OfProvider(context.Database.ProviderName!) != SqlDialect.Other)
            return null;
        var sql = context.GetService<ISqlGenerationHelper>();
        return new ScriptForm(
            sql.StartTransactionStatement.Trim(),
            sql.CommitTransactionStatement.Trim(),
            BatchTerminatorOf(context),
            repository.GetInsertScript(new HistoryRow(ScriptForm.Id, ScriptForm.Version)).Trim(),
            repository.GetDeleteScript(ScriptForm.Id).Trim());
    }

    private static HistoryTable Read(IHistoryRepository repository) => new(
        Property(repository, "TableSchema", null),
        Property(repository, "TableName", HistoryRepository.DefaultTableName)!,
        Property(repository, "MigrationIdColumnName", nameof(HistoryRow.MigrationId))!,
        Property(repository, "ProductVersionColumnName", nameof(HistoryRow.ProductVersion))!,
        repository.GetCreateIfNotExistsScript());

    /// <summary>
    /// Everything on which the history table may depend: the worker's code, the repository's code and table, EF Core's version, the
    /// options of the provider and of plug-ins, and the services that the application has replaced.
    /// </summary>
    private static string Identity(DbContext context, IHistoryRepository repository)
    {
        var code = $"{Code(typeof(HistoryTables))} {Code(repository.GetType())}";
        var table = $"{Property(repository, "TableSchema", null)}.{Property(repository, "TableName", "")}";
        var extensions = context.GetService<IDbContextOptions>().Extensions.ToList();
        var options = extensions.Select(extension => $"{Code(extension.GetType())} {extension.Info.LogFragment}");
        var replaced = extensions.OfType<CoreOptionsExtension>().SelectMany(core => core.ReplacedServices?.Values ?? []).Select(Code);
        return string.Join(
            "|", [$"{code} {table} {ProductInfo.GetVersion()}", .. options, .. replaced.Order(StringComparer.Ordinal)]);
    }

    private static string Code(Type type) => $"{type.FullName} {type.Module.ModuleVersionId}";

    private static string? Property(IHistoryRepository repository, string name, string? defaultValue) => repository is HistoryRepository
        ? (string?)typeof(HistoryRepository).GetProperty(name, BindingFlags.NonPublic | BindingFlags.Instance)?.GetValue(repository)
        : defaultValue;
}
