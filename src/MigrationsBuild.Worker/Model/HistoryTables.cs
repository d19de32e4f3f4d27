using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using MigrationsBuild.Protocol;

namespace MigrationsBuild.Worker.Model;

/// <summary>The history table of a context, custom names and plug-ins' naming conventions included.</summary>
internal static class HistoryTables
{
    public static HistoryTable Of(DbContext context)
    {
        var repository = context.GetService<IHistoryRepository>();
        string? Property(string name, string? otherwise) => repository is HistoryRepository
            ? (string?)typeof(HistoryRepository).GetProperty(name, BindingFlags.NonPublic | BindingFlags.Instance)?.GetValue(repository)
            : otherwise;
        return new HistoryTable(
            Property("TableSchema", null),
            Property("TableName", HistoryRepository.DefaultTableName)!,
            Property("MigrationIdColumnName", nameof(HistoryRow.MigrationId))!,
            Property("ProductVersionColumnName", nameof(HistoryRow.ProductVersion))!,
            repository.GetCreateIfNotExistsScript());
    }
}
