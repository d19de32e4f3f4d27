using System.Globalization;
using MigrationsBuild.Sql;

namespace MigrationsBuild.Runner.Databases.Sqlite;

/// <content>The size of the database.</content>
internal sealed partial class SqliteDatabase
{
    public override async Task<DatabaseSize> ReadSizeAsync(CancellationToken cancellation)
    {
        var tables = await ReadTablesAsync(cancellation);
        var rows = 0L;
        foreach (var table in tables)
        {
            var count = (await QueryAsync($"SELECT count(*) FROM {SqlText.Quote(table)}", cancellation))[0][0]!;
            rows += long.Parse(count, CultureInfo.InvariantCulture);
        }

        return new DatabaseSize(tables, rows, AreRowsEstimated: false, new FileInfo(FilePath).Length);
    }
}
