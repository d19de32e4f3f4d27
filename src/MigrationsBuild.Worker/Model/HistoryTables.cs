using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Storage;
using MigrationsBuild.Protocol;
using MigrationsBuild.Sql;

namespace MigrationsBuild.Worker.Model;

/// <summary>
/// The history tables of contexts, custom names and plug-ins' naming conventions included. EF Core builds a model and generates SQL to
/// tell, a tenth of a check's time, so what it said is kept for the same code and options.
/// </summary>
/// <param name="cachePath">Where it is kept.</param>
internal sealed class HistoryTables(string cachePath)
{
    /// <summary>The history table of a context.</summary>
    /// <param name="context">The context.</param>
    public HistoryTable Of(DbContext context)
    {
        var repository = context.GetService<IHistoryRepository>();
        var identity = Identity(context, repository);
        var kept = MessageFile.ReadIfPresent(cachePath).ToList();
        if (kept.Find(message => message["identity"] == identity) is { } known)
            return known.ReadRecord<HistoryTable>();
        var table = Ask(repository) with { Form = FormOf(context, repository) };
        kept.RemoveAll(message => message["context"] == context.GetType().FullName);
        MessageFile.Write(cachePath, kept.Append(new MessageLine("history").With("context", context.GetType().FullName).With("identity", identity).WithRecord(table)));
        return table;
    }

    /// <summary>What ends a batch in scripts of a database that no runner knows; empty if nothing does.</summary>
    /// <param name="context">The context.</param>
    public static string BatchTerminatorOf(DbContext context) =>
        SqlDialects.OfProvider(context.Database.ProviderName!) == SqlDialect.Other ? context.GetService<ISqlGenerationHelper>().BatchTerminator.Trim() : "";

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

    private static HistoryTable Ask(IHistoryRepository repository) => new(
        Property(repository, "TableSchema", null),
        Property(repository, "TableName", HistoryRepository.DefaultTableName)!,
        Property(repository, "MigrationIdColumnName", nameof(HistoryRow.MigrationId))!,
        Property(repository, "ProductVersionColumnName", nameof(HistoryRow.ProductVersion))!,
        repository.GetCreateIfNotExistsScript());

    /// <summary>All that the answer may come from: our own code, the repository's code and table, EF Core's, and the options of provider and plug-ins.</summary>
    private static string Identity(DbContext context, IHistoryRepository repository)
    {
        var options = context.GetService<IDbContextOptions>().Extensions.Select(extension => $"{Code(extension.GetType())} {extension.Info.LogFragment}");
        return string.Join("|", options.Prepend($"{Code(typeof(HistoryTables))} {Code(repository.GetType())} {Property(repository, "TableSchema", null)}.{Property(repository, "TableName", "")} {ProductInfo.GetVersion()}"));
    }

    private static string Code(Type type) => $"{type.FullName} {type.Module.ModuleVersionId}";

    private static string? Property(IHistoryRepository repository, string name, string? otherwise) => repository is HistoryRepository
        ? (string?)typeof(HistoryRepository).GetProperty(name, BindingFlags.NonPublic | BindingFlags.Instance)?.GetValue(repository)
        : otherwise;
}
