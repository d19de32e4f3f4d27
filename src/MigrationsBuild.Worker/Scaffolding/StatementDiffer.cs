using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;

namespace MigrationsBuild.Worker.Scaffolding;

/// <summary>
/// A comparison of two equal models whose operations are given SQL. EF Core asks first for the operations of Up and then
/// for those of Down.
/// </summary>
/// <param name="sql">The SQL.</param>
/// <param name="statements">Converts them to operations.</param>
internal sealed class StatementDiffer(GivenSql sql, DraftStatements statements) : IMigrationsModelDiffer
{
    private bool _hasUp;

    /// <inheritdoc/>
    public bool HasDifferences(IRelationalModel? source, IRelationalModel? target) => true;

    /// <inheritdoc/>
    public IReadOnlyList<MigrationOperation> GetDifferences(IRelationalModel? source, IRelationalModel? target)
    {
        if (_hasUp)
            return [.. sql.Down.Select(statements.Statement)];
        _hasUp = true;
        var remarks = sql.Remarks.Count > 0 ? statements.Comment([.. sql.Remarks]) : [];
        return [.. remarks, .. sql.Up.Select(statements.Statement)];
    }
}
