using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using MigrationsBuild.Diagnostics;

namespace MigrationsBuild.Worker.Scaffolding;

/// <summary>
/// EF Core's comparison of models, with the renames that a person names. EF Core pairs a removed and an added column by their structure:
/// it can't see a rename together with another change, and it takes unrelated columns of the same type for a rename. It pairs tables by
/// their name or their entity class, so it can't see that both were renamed.
/// </summary>
/// <param name="differ">EF Core's comparison.</param>
/// <param name="renames">The answers of a person.</param>
internal sealed class RenamingDiffer(IMigrationsModelDiffer differ, RenameAnswers renames) : IMigrationsModelDiffer
{
    /// <inheritdoc/>
    public bool HasDifferences(IRelationalModel? source, IRelationalModel? target) => differ.HasDifferences(source, target);

    /// <summary>The answers that have changed a comparison.</summary>
    private readonly HashSet<object> _applied = [];

    /// <summary>Checks that each answer has changed a comparison.</summary>
    /// <exception cref="MigrationsException">
    /// An answer names a table or column that isn't dropped, or a new name that isn't added.
    /// </exception>
    public void RequireApplied()
    {
        if (renames.Tables.FirstOrDefault(rename => !_applied.Contains(rename)) is { } table)
        {
            throw new MigrationsException(
                DiagnosticCodes.InvalidSetting,
                $"DbRename contains {table}, but the draft does not drop table {table.Table} and create table {table.NewName}.");
        }

        if (renames.Columns.FirstOrDefault(rename => !_applied.Contains(rename)) is not { } unused)
            return;
        var why = unused.NewName.Length == 0
            ? $"neither renames nor drops {unused.Table}.{unused.Column}"
            : $"does not drop {unused.Table}.{unused.Column} and add {unused.Table}.{unused.NewName}";
        throw new MigrationsException(DiagnosticCodes.InvalidSetting, $"DbRename contains {unused}, but the draft {why}.");
    }

    /// <inheritdoc/>
    public IReadOnlyList<MigrationOperation> GetDifferences(IRelationalModel? source, IRelationalModel? target)
    {
        if (source is null || target is null)
            return differ.GetDifferences(source, target);
        var operations = Compare(source, target);
        foreach (var rename in renames.Columns)
        {
            if (new ModelPairEdit(differ, source, target, operations).Apply(rename))
                _applied.Add(rename);
        }

        return operations;
    }

    /// <summary>The operations, with the renames of tables. The scaffolder compares in both directions: for Up() and for Down().</summary>
    private List<MigrationOperation> Compare(IRelationalModel source, IRelationalModel target)
    {
        var pairs = renames.Tables.Select(rename => rename.Pair(source, target) ?? rename.Reverse.Pair(source, target)).ToList();
        try
        {
            List<MigrationOperation> operations = [.. differ.GetDifferences(source, target)];
            var renamed = operations.OfType<RenameTableOperation>().ToList();
            _applied.UnionWith(renames.Tables.Where(rename => renamed.Exists(rename.Is) || renamed.Exists(rename.Reverse.Is)));
            return operations;
        }
        finally
        {
            pairs.ForEach(pair => pair?.Dispose());
        }
    }

    private sealed class ModelPairEdit(
        IMigrationsModelDiffer differ, IRelationalModel source, IRelationalModel target, List<MigrationOperation> operations)
    {
        /// <returns>Whether the answer fits the operations. Models are also compared for other purposes.</returns>
        public bool Apply(ColumnRename rename)
        {
            var isForward = source.Tables.Any(table =>
                IsAbout(rename, table.Name, table.Schema) && table.FindColumn(rename.Column) is not null);
            return Follow(isForward ? rename : rename.Reverse);
        }

        private bool Follow(ColumnRename rename) => rename.NewName.Length == 0
            ? Separate(rename)
            : IsDone(rename) || Exchange(rename) || Join(rename);

        /// <summary>Whether an answer is about a table. It may name a renamed table by both names.</summary>
        private bool IsAbout(ColumnRename rename, string table, string? schema) => rename.IsAbout(table, schema)
            || operations.OfType<RenameTableOperation>().Any(renamed =>
                (renamed.Name == table && renamed.Schema == schema && rename.IsAbout(renamed.NewName!, renamed.NewSchema))
                || (renamed.NewName == table && renamed.NewSchema == schema && rename.IsAbout(renamed.Name, renamed.Schema)));

        private bool IsDone(ColumnRename rename) => operations.OfType<RenameColumnOperation>().Any(operation =>
            IsAbout(rename, operation.Table, operation.Schema) && operation.Name == rename.Column && operation.NewName == rename.NewName);

        /// <summary>Gives the new names to the right ones of two columns that EF Core renames.</summary>
        private bool Exchange(ColumnRename rename)
        {
            var ofTable = operations.OfType<RenameColumnOperation>()
                .Where(operation => IsAbout(rename, operation.Table, operation.Schema))
                .ToList();
            var (own, other) = (ofTable.Find(operation => operation.Name == rename.Column), ofTable.Find(IsOther));
            if (own is null || other is null)
                return false;
            (own.NewName, other.NewName) = (other.NewName, own.NewName);
            return true;

            bool IsOther(RenameColumnOperation operation) => operation.NewName == rename.NewName;
        }

        /// <summary>Replaces a drop and an add by a rename and, if the columns differ, a change.</summary>
        private bool Join(ColumnRename rename)
        {
            var drop = operations.OfType<DropColumnOperation>()
                .FirstOrDefault(operation => IsAbout(rename, operation.Table, operation.Schema) && operation.Name == rename.Column);
            var add = operations.OfType<AddColumnOperation>()
                .FirstOrDefault(operation => IsAbout(rename, operation.Table, operation.Schema) && operation.Name == rename.NewName);
            if (drop is null || add is null)
                return false;
            operations[operations.IndexOf(drop)] = new RenameColumnOperation
            {
                Table = drop.Table,
                Schema = drop.Schema,
                Name = drop.Name,
                NewName = add.Name,
            };
            var change = Change(add, drop);
            var at = operations.IndexOf(add);
            operations.RemoveAt(at);
            if (change is not null)
                operations.Insert(at, change);
            return true;
        }

        /// <summary>Replaces a rename by a drop and an add.</summary>
        private bool Separate(ColumnRename rename)
        {
            var joined = operations.OfType<RenameColumnOperation>()
                .Where(operation => IsAbout(rename, operation.Table, operation.Schema))
                .FirstOrDefault(operation => operation.Name == rename.Column || operation.NewName == rename.Column);
            if (joined is null)
            {
                return operations.OfType<DropColumnOperation>().Any(drop =>
                        IsAbout(rename, drop.Table, drop.Schema) && drop.Name == rename.Column)
                    || operations.OfType<AddColumnOperation>().Any(add =>
                        IsAbout(rename, add.Table, add.Schema) && add.Name == rename.Column);
            }

            var at = operations.IndexOf(joined);
            operations[at] = new DropColumnOperation
            {
                Table = joined.Table,
                Schema = joined.Schema,
                Name = joined.Name,
                IsDestructiveChange = true,
            };
            var add = Definition(target, joined.Table, joined.Schema, joined.NewName);
            if (!add.IsNullable)
                add.DefaultValue ??= ValueFor(add.ClrType);
            operations.Insert(at + 1, add);
            return true;
        }

        private AlterColumnOperation? Change(AddColumnOperation add, DropColumnOperation drop)
        {
            var (old, @new) = (
                Definition(source, drop.Table, drop.Schema, drop.Name), Definition(target, add.Table, add.Schema, add.Name));
            var change = new AlterColumnOperation { Table = add.Table, Schema = add.Schema, Name = add.Name };
            Copy(@new, change);
            Copy(old, change.OldColumn);
            if (IsSame(change, change.OldColumn))
                return null;
            // Nulls become the value that EF Core has chosen for the new column.
            if (old.IsNullable && !@new.IsNullable)
                change.DefaultValue ??= add.DefaultValue;
            return change;
        }

        /// <summary>A column as the operation that would add it to a new table. Its default is the one of the model.</summary>
        private AddColumnOperation Definition(IRelationalModel model, string table, string? schema, string column) =>
            differ.GetDifferences(null, model).OfType<CreateTableOperation>()
                .FirstOrDefault(operation => operation.Name == table && operation.Schema == schema)
                ?.Columns.FirstOrDefault(operation => operation.Name == column)
            ?? throw new MigrationsException(
                DiagnosticCodes.InvalidSetting, $"DbRename can't rename columns of {table}. Use RenameColumn in the migration's C#.");

        private static void Copy(ColumnOperation from, ColumnOperation to)
        {
            to.ClrType = from.ClrType;
            to.ColumnType = from.ColumnType;
            to.IsUnicode = from.IsUnicode;
            to.IsFixedLength = from.IsFixedLength;
            to.MaxLength = from.MaxLength;
            to.Precision = from.Precision;
            to.Scale = from.Scale;
            to.IsRowVersion = from.IsRowVersion;
            to.IsNullable = from.IsNullable;
            to.DefaultValue = from.DefaultValue;
            to.DefaultValueSql = from.DefaultValueSql;
            to.ComputedColumnSql = from.ComputedColumnSql;
            to.IsStored = from.IsStored;
            to.Comment = from.Comment;
            to.Collation = from.Collation;
            to.AddAnnotations(from.GetAnnotations());
        }

        private static bool IsSame(ColumnOperation one, ColumnOperation other) =>
            one.ClrType == other.ClrType && one.ColumnType == other.ColumnType && one.IsUnicode == other.IsUnicode
            && one.IsFixedLength == other.IsFixedLength && one.MaxLength == other.MaxLength && one.Precision == other.Precision
            && one.Scale == other.Scale && one.IsRowVersion == other.IsRowVersion && one.IsNullable == other.IsNullable
            && Equals(one.DefaultValue, other.DefaultValue) && one.DefaultValueSql == other.DefaultValueSql
            && one.ComputedColumnSql == other.ComputedColumnSql && one.IsStored == other.IsStored && one.Comment == other.Comment
            && one.Collation == other.Collation
            && one.GetAnnotations().Select(annotation => (annotation.Name, annotation.Value))
                .SequenceEqual(other.GetAnnotations().Select(annotation => (annotation.Name, annotation.Value)));

        /// <summary>The value that existing rows get, as EF Core chooses it.</summary>
        private static object? ValueFor(Type type)
        {
            if (type == typeof(string))
                return "";
            return type.IsValueType ? Activator.CreateInstance(type) : null;
        }
    }
}
