using System.Diagnostics;
using System.Reflection;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using MigrationsBuild.Worker.Source;

namespace MigrationsBuild.Worker.Sql;

/// <summary>
/// Runs the Up of a migration and records the line of each operation. Each method of <see cref="MigrationBuilder"/> adds its operation to
/// <see cref="Operations"/>, so the stack shows which line of the migration has called it.
/// </summary>
/// <param name="migration">A migration.</param>
/// <param name="source">Finds the lines.</param>
internal sealed class OperationLines(Migration migration, SourceMap source) : MigrationBuilder(migration.ActiveProvider)
{
    private readonly List<int> _lines = [];

    /// <inheritdoc/>
    public override List<MigrationOperation> Operations
    {
        get
        {
            var added = base.Operations.Count;
            // A call may have read the list without adding anything, or may have added several operations.
            while (_lines.Count > added)
                _lines.RemoveAt(_lines.Count - 1);
            while (_lines.Count < added)
                _lines.Add(_lines.Count == 0 ? 0 : _lines[^1]);
            _lines.Add(CurrentLine());
            return base.Operations;
        }
    }

    /// <summary>The operations, each with its line; 0 if it isn't known.</summary>
    public IReadOnlyList<(MigrationOperation Operation, int Line)> Run()
    {
        typeof(Migration).GetMethod("Up", BindingFlags.Instance | BindingFlags.NonPublic)!.Invoke(migration, [this]);
        return [.. base.Operations.Select((operation, i) => (operation, i < _lines.Count ? _lines[i] : 0))];
    }

    private int CurrentLine()
    {
        var type = migration.GetType();
        var frame = new StackTrace(fNeedFileInfo: false).GetFrames()
            .FirstOrDefault(frame => frame.GetMethod()?.DeclaringType is { } owner && (owner == type || owner.DeclaringType == type));
        return frame is null ? 0 : source.LineOf(frame);
    }
}
