using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using Microsoft.EntityFrameworkCore.Storage;
using MigrationsBuild.Files;
using MigrationsBuild.Lint;
using MigrationsBuild.Sql;
using MigrationsBuild.Statements;

namespace MigrationsBuild.Worker.Scaffolding;

/// <summary>
/// Operations for PostgreSQL that block neither reads nor writes for long: the safe forms on the pages of MIG2204, MIG2303, MIG2304 and
/// MIG2305. An operation without such a form is unchanged, after a comment.
/// </summary>
/// <param name="generator">Generates the SQL of single operations.</param>
/// <param name="names">Quotes names.</param>
/// <param name="statements">Creates statements and comments.</param>
internal sealed class OnlineOperations(IMigrationsSqlGenerator generator, ISqlGenerationHelper names, DraftStatements statements)
{
    private const string CreatedConcurrently = "Npgsql:CreatedConcurrently";

    /// <summary>PostgreSQL cuts off longer names.</summary>
    private const int MaxName = 63;

    /// <summary>The converted operations of a migration, or of the reverse of one.</summary>
    /// <param name="operations">EF Core's operations.</param>
    /// <param name="before">The model before them.</param>
    /// <param name="after">The model after them.</param>
    public IReadOnlyList<MigrationOperation> Of(
        IReadOnlyList<MigrationOperation> operations, IRelationalModel? before, IRelationalModel? after) =>
        new Conversion(this, operations, before, after).Run();

    private sealed class Conversion(
        OnlineOperations parent, IReadOnlyList<MigrationOperation> operations, IRelationalModel? before, IRelationalModel? after)
    {
        private readonly HashSet<(string? Schema, string Table)> _new =
            [.. operations.OfType<CreateTableOperation>().Select(table => (table.Schema, table.Name))];

        private readonly RenamedConstraints _renamed = new(operations, before);
        private readonly List<MigrationOperation> _now = [];

        /// <summary>Statements outside the transaction, and those that depend on them, after everything else.</summary>
        private readonly List<MigrationOperation> _later = [];

        /// <summary>Drops of indexes. A column that was dropped before has taken its indexes with it.</summary>
        private readonly List<MigrationOperation> _last = [];

        private DraftStatements Statements => parent.Statements;

        public IReadOnlyList<MigrationOperation> Run()
        {
            foreach (var operation in operations)
                Convert(operation);
            return [.. _now, .. _later, .. _last];
        }

        private void Convert(MigrationOperation operation)
        {
            if (_renamed.IsReplacedDrop(operation))
                return;
            if (_renamed.OldNameOf(operation) is { } rename)
            {
                if (rename.OldName != rename.NewName)
                    _now.Add(Alter(rename.Schema, rename.Table, $"RENAME CONSTRAINT {Quote(rename.OldName)} TO {Quote(rename.NewName)}"));
                return;
            }

            switch (operation)
            {
                case CreateIndexOperation index when Exists(index.Schema, index.Table):
                    index[CreatedConcurrently] = true;
                    _later.Add(index);
                    break;
                case DropIndexOperation { Table: { } table } index when Exists(index.Schema, table):
                    DropIndex(index, table);
                    break;
                case AddForeignKeyOperation key when Exists(key.Schema, key.Table):
                    AddWithoutValidation(key, key.Schema, key.Table, key.Name);
                    break;
                case AddCheckConstraintOperation check when Exists(check.Schema, check.Table):
                    AddWithoutValidation(check, check.Schema, check.Table, check.Name);
                    break;
                case AddUniqueConstraintOperation key when Exists(key.Schema, key.Table) && !Replaces(key.Name):
                    AddKey(key.Schema, key.Table, key.Name, "UNIQUE", key.Columns);
                    break;
                case AddPrimaryKeyOperation key when Exists(key.Schema, key.Table) && !Replaces(key.Name):
                    AddKey(key.Schema, key.Table, key.Name, "PRIMARY KEY", key.Columns);
                    break;
                case AlterColumnOperation column when BecomesRequired(column):
                    Require(column);
                    break;
                case AlterColumnOperation column when Rewrites(column):
                    _now.AddRange(Statements.Comment(
                        $"Rewrites {column.Table} under a lock that blocks reads and writes. No single statement avoids that.",
                        "If the table is large: add a column of the new type, have the application write both, copy the values in batches,",
                        "have the application read the new column, and drop the old one in a later release."));
                    _now.Add(operation);
                    break;
                case AddColumnOperation column when Exists(column.Schema, column.Table) && Rewrites(column):
                    _now.AddRange(Statements.Comment(
                        $"Rewrites {column.Table} under a lock that blocks reads and writes. No single statement avoids that.",
                        "If the table is large: add the column as nullable and without a default, set the default, fill the column in",
                        "batches, and make it required in a later migration."));
                    _now.Add(operation);
                    break;
                default:
                    _now.Add(operation);
                    break;
            }
        }

        /// <summary>Drops an index after all other statements or, if its name is used again, before the statement that uses it.</summary>
        private void DropIndex(DropIndexOperation index, string table)
        {
            var statements = !IsUsedAgain(index.Name) ? _last
                : operations.OfType<CreateIndexOperation>().Any(create => create.Name == index.Name) ? _later
                : _now;
            var schema = statements == _now ? index.Schema : _renamed.Renamed(index.Schema, table).Schema;
            statements.Add(Statements.Outside(
                $"DROP INDEX CONCURRENTLY IF EXISTS {parent.Names.DelimitIdentifier(index.Name, schema)};"));
        }

        /// <summary>Whether an index, or the index of a key, gets the name of one that is dropped.</summary>
        private bool IsUsedAgain(string name) => operations.Any(operation => operation switch
        {
            CreateIndexOperation create => create.Name == name,
            RenameIndexOperation rename => rename.NewName == name,
            AddUniqueConstraintOperation add => add.Name == name,
            AddPrimaryKeyOperation add => add.Name == name,
            _ => false,
        });

        /// <summary>Whether a key takes the name of one that is dropped, so that its index can't be built before.</summary>
        private bool Replaces(string name) => operations.Any(operation => operation switch
        {
            DropPrimaryKeyOperation drop => drop.Name == name,
            DropUniqueConstraintOperation drop => drop.Name == name,
            _ => false,
        });

        private bool Exists(string? schema, string table) => !_new.Contains((schema, table));

        /// <summary>Adds a constraint that only new rows must meet, and checks the existing ones afterwards.</summary>
        private void AddWithoutValidation(MigrationOperation operation, string? schema, string table, string name)
        {
            var sql = Single(operation).TrimEnd(';', ' ', '\n', '\r');
            _now.Add(Statements.Inside($"{sql} NOT VALID;"));
            _later.Add(AlterOutside(schema, table, $"VALIDATE CONSTRAINT {Quote(name)}"));
        }

        /// <summary>Builds the index of a key before the key is added.</summary>
        private void AddKey(string? schema, string table, string name, string kind, string[] columns)
        {
            _now.Add(Statements.Outside(
                $"CREATE UNIQUE INDEX CONCURRENTLY {Quote(name)} ON {Table(schema, table)} ({string.Join(", ", columns.Select(Quote))});"));
            _now.Add(Alter(schema, table, $"ADD CONSTRAINT {Quote(name)} {kind} USING INDEX {Quote(name)}"));
        }

        private bool BecomesRequired(AlterColumnOperation column) => !column.IsNullable && column.OldColumn.IsNullable
            && column.ComputedColumnSql is null
            && Exists(column.Schema, column.Table) && !Rewrites(column)
            && !operations.OfType<AddPrimaryKeyOperation>().Any(key =>
                (key.Schema, key.Table) == (column.Schema, column.Table) && key.Columns.Contains(column.Name));

        /// <summary>
        /// Makes a column required. A check that isn't validated keeps new nulls out. Nulls are replaced before it, because it would refuse
        /// any update of their rows, and once more after it.
        /// </summary>
        private void Require(AlterColumnOperation column)
        {
            var fill = SqlScript.Parse(Text(column), SqlDialect.PostgreSql)
                .Where(statement => statement.Words is ["UPDATE", ..])
                .Select(statement => statement.Text)
                .ToList();
            var check = Quote(NameOfCheck(column));
            var isNotNull = $"ADD CONSTRAINT {check} CHECK ({Quote(column.Name)} IS NOT NULL) NOT VALID";
            column.IsNullable = true;
            if (Text(column).Trim().Length > 0)
                _now.Add(column);
            _later.AddRange(fill.Select(statement => Statements.Outside($"{statement};")));
            _later.Add(Alter(column.Schema, column.Table, isNotNull));
            _later.AddRange(fill.Select(statement => Statements.Outside($"{statement};")));
            _later.Add(AlterOutside(column.Schema, column.Table, $"VALIDATE CONSTRAINT {check}"));
            _later.Add(Alter(column.Schema, column.Table, $"ALTER COLUMN {Quote(column.Name)} SET NOT NULL"));
            _later.Add(Alter(column.Schema, column.Table, $"DROP CONSTRAINT {check}"));
        }

        private static string NameOfCheck(AlterColumnOperation column)
        {
            var name = $"CK_{column.Table}_{column.Name}_NotNull";
            return name.Length <= MaxName ? name : $"CK_{ContentHash.OfText(name)[..16]}_NotNull";
        }

        /// <summary>Whether PostgreSQL writes the table again.</summary>
        private bool Rewrites(AlterColumnOperation column) => Exists(column.Schema, column.Table)
            && TypeOf(column, after) is { } type && TypeOf(column.OldColumn, before) is { } oldType
            && TypeChange.Of(oldType, type).Work == TypeChangeWork.Rewrite;

        private bool Rewrites(AddColumnOperation column)
        {
            var added = new StatementParser(SqlDialect.PostgreSql).ParseAll(Text(column))
                .OfType<AlterTable>().SelectMany(alter => alter.Actions).OfType<AddColumn>();
            return added.Any(action => Lint.Rules.AddedColumns.ReasonToRewrite(action.Column, new KnownSchema()) is not null);
        }

        private static string? TypeOf(ColumnOperation column, IRelationalModel? model) =>
            column.ColumnType ?? model?.FindTable(column.Table, column.Schema)?.FindColumn(column.Name)?.StoreType;

        private string Single(MigrationOperation operation) => SqlScript.Parse(Text(operation), SqlDialect.PostgreSql).Single().Text;

        private string Text(MigrationOperation operation) =>
            string.Concat(parent.Generator.Generate([operation], after?.Model).Select(command => command.CommandText));

        private SqlOperation Alter(string? schema, string table, string action) =>
            Statements.Inside($"ALTER TABLE {Table(schema, table)} {action};");

        private SqlOperation AlterOutside(string? schema, string table, string action) =>
            Statements.Outside($"ALTER TABLE {Table(schema, table)} {action};");

        private string Table(string? schema, string table) => parent.Names.DelimitIdentifier(table, schema);

        private string Quote(string name) => parent.Names.DelimitIdentifier(name);
    }

    private IMigrationsSqlGenerator Generator => generator;

    private ISqlGenerationHelper Names => names;

    private DraftStatements Statements => statements;
}
