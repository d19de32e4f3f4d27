using MigrationsBuild.Sql;
using MigrationsBuild.Statements;
using MigrationsBuild.Testing;

namespace MigrationsBuild.Core.Tests.Statements;

/// <summary>
/// The parser, compared with PostgreSQL's own. The table was recorded with libpg-query 18.1.5: each line is a statement and a summary of
/// PostgreSQL's parse tree.
/// </summary>
[TestClass]
public class RecordedStatementTests
{
    public static IEnumerable<(string Sql, string Summary)> Recorded =>
        File.ReadLines(Path.Combine(Repository.Root, "tests/MigrationsBuild.Core.Tests/Statements/Statements.tsv"))
            .Select(line => line.Split('\t'))
            .Select(fields => (fields[0], fields[1]));

    [TestMethod]
    [DynamicData(nameof(Recorded))]
    public void A_statement_means_what_PostgreSQL_reads(string sql, string summary) =>
        Assert.AreEqual(summary, Summary(new StatementParser(SqlDialect.PostgreSql).Parse(sql)).TrimEnd());

    private static string Summary(Statement statement) => statement switch
    {
        CreateTable create => $"CREATE TABLE {Name(create.Table)}: "
            + string.Join(", ", create.Columns.Select(Column).Concat(create.Constraints.Select(Constraint))),
        AlterTable alter => $"ALTER {Name(alter.Table)}: {string.Join(", ", alter.Actions.Select(action => Action(action, alter.Table)))}",
        CreateIndex index => $"INDEX {Name(index.Table)} {index.Columns.Count}{If(index.IsUnique, " UNIQUE")}"
            + $"{If(index.IsConcurrent, " CONCURRENTLY")}{If(index.IfNotExists, " IF NOT EXISTS")}{If(index.Index is null, " UNNAMED")}",
        DropIndex drop => $"DROP INDEX {Names(drop.Indexes)}{If(drop.IsConcurrent, " CONCURRENTLY")}",
        DropObjects { Kind: "TRIGGER" } => "DROP TRIGGER",
        DropObjects drop => $"DROP {drop.Kind} {Names(drop.Names)}{If(drop.Cascades, " CASCADE")}",
        RenameObject rename => $"RENAME {rename.NewName.Name}",
        CreateView view => $"VIEW {Name(view.View)}",
        CreateType type => $"TYPE {Name(type.Type)} {type.Labels.Count}{If(type.IsConstrained, " CONSTRAINED")}",
        ConstrainDomain domain => $"DOMAIN {Name(domain.Domain)}{If(domain.Constraint.IsNotValid, " NOT VALID")}",
        AddEnumLabel label => $"ADD LABEL {label.Label.Trim('\'')}",
        RenameEnumLabel label => $"RENAME LABEL {label.Label.Trim('\'')}",
        CreateTrigger trigger => $"TRIGGER {Name(trigger.Table)}",
        InsertRows insert => $"INSERT {Name(insert.Table)}",
        ChangeRows change => $"{(change.IsDelete ? "DELETE" : "UPDATE")} {Name(change.Table)} "
            .TrimEnd() + If(change.Columns.Count > 0, " " + string.Join(",", change.Columns)) + If(change.Condition is not null, " WHERE"),
        TruncateTables truncate => $"TRUNCATE {Names(truncate.Tables)}{If(truncate.Cascades, " CASCADE")}",
        TableMaintenance work => $"MAINTENANCE {Names(work.Subjects)}",
        TransactionCommand => "TRANSACTION",
        CodeBlock => "BLOCK",
        OtherStatement => "OTHER",
        _ => "UNKNOWN",
    };

    private static string Action(TableAction action, ObjectName table) => action switch
    {
        AddColumn add => $"ADD {Column(add.Column)}",
        DropColumn drop => $"DROP COLUMN {drop.Column}",
        RenameColumn rename => $"RENAME COLUMN {rename.Column} {rename.NewName}",
        ChangeType change => $"TYPE {change.Column}{If(change.Using is not null, " USING")}{If(change.Collation is not null, " COLLATE")}",
        ChangeNullability change => $"{(change.IsRequired ? "SET" : "DROP")} NOT NULL {change.Column}",
        ChangeDefault change => $"{(change.Default is null ? "DROP" : "SET")} DEFAULT {change.Column}",
        AddIdentity add => $"ADD IDENTITY {add.Column}",
        DropIdentity drop => $"DROP IDENTITY {drop.Column}",
        DropExpression drop => $"DROP EXPRESSION {drop.Column}",
        AddConstraint add => $"ADD {Constraint(add.Constraint)}",
        ValidateConstraint validate => $"VALIDATE {validate.Constraint}",
        DropConstraint drop => $"DROP CONSTRAINT {drop.Constraint}",
        RenameConstraint rename => $"RENAME CONSTRAINT {rename.Constraint} {rename.NewName}",
        RenameTable rename => rename.NewName.Name == table.Name ? $"MOVE {rename.NewName.Schema}" : $"RENAME {rename.NewName.Name}",
        RewriteTable => "REWRITE",
        ChangePartition partition => partition.Words.Split(' ')[0] + If(partition.IsConcurrent, " CONCURRENTLY"),
        OtherAction => "OTHER",
        _ => "UNKNOWN",
    };

    private static string Column(ColumnDefinition column)
    {
        var flags = If(column.Default is not null, "D") + If(column.IsIdentity, "I") + If(column.IsRequired && !column.IsIdentity, "R")
            + If(column.IsStored, "S") + If(column.IsVirtual, "V");
        var constraints = column.Constraints.Select(constraint => " " + Constraint(constraint with { Columns = [] }));
        return column.Name + If(flags.Length > 0, $"[{flags}]") + string.Concat(constraints);
    }

    private static string Constraint(ConstraintDefinition constraint)
    {
        var kind = constraint.Kind switch
        {
            ConstraintKind.PrimaryKey => "P",
            ConstraintKind.Unique => "U",
            ConstraintKind.ForeignKey => "F",
            ConstraintKind.Check => "C",
            ConstraintKind.Exclude => "E",
            _ => "N",
        };
        return kind + If(constraint.Name is not null, $":{constraint.Name}")
            + If(constraint.Columns.Count > 0, $"({string.Join(",", constraint.Columns)})")
            + If(constraint.References is not null, $"->{(constraint.References is { } table ? Name(table) : "")}")
            + If(constraint.IsNotValid, " NOT VALID") + If(constraint.UsesIndex, " INDEX");
    }

    private static string Name(ObjectName name) => name.Schema is null ? name.Name : $"{name.Schema}.{name.Name}";

    private static string Names(IEnumerable<ObjectName> names) => string.Join(",", names.Select(Name));

    private static string If(bool condition, string text) => condition ? text : "";
}
