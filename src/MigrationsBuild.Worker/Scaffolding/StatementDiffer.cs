using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using MigrationsBuild.Protocol;

namespace MigrationsBuild.Worker.Scaffolding;

/// <summary>
/// A comparison of two equal models whose operations are the statements of a request. EF Core asks first for the operations of Up and then
/// for those of Down.
/// </summary>
/// <param name="request">The request with the statements.</param>
/// <param name="statements">Converts them to operations.</param>
internal sealed class StatementDiffer(WorkerRequest request, DraftStatements statements) : IMigrationsModelDiffer
{
    private bool _hasUp;

    /// <inheritdoc/>
    public bool HasDifferences(IRelationalModel? source, IRelationalModel? target) => true;

    /// <inheritdoc/>
    public IReadOnlyList<MigrationOperation> GetDifferences(IRelationalModel? source, IRelationalModel? target)
    {
        if (_hasUp)
            return [.. request.RevisionDown.Select(statements.Inside)];
        _hasUp = true;
        var remarks = request.RevisionRemarks.Count > 0 ? statements.Comment([.. request.RevisionRemarks]) : [];
        return [.. remarks, .. request.RevisionUp.Select(statements.Inside)];
    }
}
