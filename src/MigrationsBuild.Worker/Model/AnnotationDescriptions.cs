using Microsoft.EntityFrameworkCore.Infrastructure;
using static MigrationsBuild.Worker.Model.AnnotationFormat;

namespace MigrationsBuild.Worker.Model;

/// <summary>The descriptions of the annotations that EF Core and its providers add to operations.</summary>
internal static class AnnotationDescriptions
{
    private static readonly AnnotationDescription[] _known =
    [
        new("Npgsql:ValueGenerationStrategy", "identity", Generation),
        new("Npgsql:IdentitySequenceOptions", "identity values", IdentityOptions),
        new("Npgsql:HiLoSequenceName", "hi-lo sequence"),
        new("Npgsql:HiLoSequenceSchema", "schema of the hi-lo sequence"),
        new("Npgsql:SequenceName", "sequence"),
        new("Npgsql:SequenceSchema", "schema of the sequence"),
        new("Npgsql:SequenceNameSuffix", "", Hidden),
        new("Npgsql:ValueGeneratedOnAdd", "", Hidden),
        new("Npgsql:PostgresTypeType", "", Hidden),
        new("Npgsql:ElementDataType", "", Hidden),
        new("Npgsql:Compression:", "compression"),
        new("Npgsql:TsVectorConfig", "text search configuration"),
        new("Npgsql:TsVectorProperties", "text search of"),
        new("Npgsql:DefaultColumnCollation", "collation of new columns"),
        new("Npgsql:Comment", "comment"),
        new("Npgsql:IndexMethod", "using"),
        new("Npgsql:IndexInclude", "including"),
        new("Npgsql:IndexExpression", "expression"),
        new("Npgsql:IndexOperators", "operator classes"),
        new("Npgsql:IndexSortOrder", "sort order"),
        new("Npgsql:IndexNullSortOrder", "order of nulls"),
        new("Npgsql:IndexCollation", "collation"),
        new("Npgsql:NullsDistinct", "nulls not distinct", Negation),
        new("Npgsql:CreatedConcurrently", "concurrently, outside a transaction", Flag),
        new("Npgsql:UnloggedTable", "unlogged", Flag),
        new("Npgsql:StorageParameter:", "storage parameter"),
        new("Npgsql:CockroachDB:InterleaveInParent", "interleaved in its parent"),
        new("Npgsql:DatabaseTemplate", "template"),
        new("Npgsql:Tablespace", "tablespace"),
        new("SqlServer:ValueGenerationStrategy", "identity", Generation),
        new("SqlServer:Identity", "identity"),
        new("SqlServer:IdentitySeed", "identity from"),
        new("SqlServer:IdentityIncrement", "identity by"),
        new("SqlServer:HiLoSequenceName", "hi-lo sequence"),
        new("SqlServer:HiLoSequenceSchema", "schema of the hi-lo sequence"),
        new("SqlServer:Sparse", "sparse", Flag),
        new("SqlServer:Clustered", "clustered", Choice),
        new("SqlServer:Include", "including"),
        new("SqlServer:Online", "online", Flag),
        new("SqlServer:FillFactor", "fill factor"),
        new("SqlServer:SortInTempDb", "sorted in tempdb", Flag),
        new("SqlServer:DataCompression", "data compression"),
        new("SqlServer:MemoryOptimized", "memory-optimized", Flag),
        new("SqlServer:IsTemporal", "temporal", Flag),
        new("SqlServer:TemporalHistoryTableName", "history table"),
        new("SqlServer:TemporalHistoryTableSchema", "schema of the history table"),
        new("SqlServer:TemporalPeriodStartColumnName", "period from column"),
        new("SqlServer:TemporalPeriodEndColumnName", "period to column"),
        new("SqlServer:TemporalPeriodStartPropertyName", "", Hidden),
        new("SqlServer:TemporalPeriodEndPropertyName", "", Hidden),
        new("SqlServer:TemporalIsPeriodStartColumn", "start of the period", Flag),
        new("SqlServer:TemporalIsPeriodEndColumn", "end of the period", Flag),
        new("SqlServer:UseSqlOutputClause", "", Hidden),
        new("SqlServer:EditionOptions", "edition"),
        new("SqlServer:DatabaseMaxSize", "maximum size"),
        new("SqlServer:PerformanceLevelSql", "performance level"),
        new("SqlServer:ServiceTierSql", "service tier"),
        new("Sqlite:Autoincrement", "autoincrement", Flag),
        new("Autoincrement", "autoincrement", Flag),
        new("Sqlite:ValueGenerationStrategy", "autoincrement", Generation),
        new("Sqlite:Srid", "SRID"),
        new("Sqlite:InlinePrimaryKey", "", Hidden),
        new("Sqlite:InlinePrimaryKeyName", "", Hidden),
        new("Sqlite:InitSpatialMetaData", "spatial metadata", Flag),
        new("Sqlite:UseSqlReturningClause", "", Hidden),
        new("MySQL:ValueGenerationStrategy", "auto-increment", Generation),
        new("MySql:ValueGenerationStrategy", "auto-increment", Generation),
        new("Relational:Comment", "comment"),
        new("Relational:Collation", "collation"),
        new("Relational:DefaultConstraintName", "default constraint"),
        new("Relational:ColumnOrder", "", Hidden),
        new("Relational:MaxIdentifierLength", "", Hidden),
    ];

    /// <summary>The annotations of an operation that adds something, as details.</summary>
    /// <param name="isElsewhere">Annotations to leave out, because another part of the text shows them.</param>
    public static IEnumerable<OperationDetail> Of(IReadOnlyAnnotatable element, Func<string, bool>? isElsewhere = null) =>
        Between(null, element, isElsewhere);

    /// <summary>The old and new annotations of an operation that changes something, as details.</summary>
    /// <param name="before">The element with its old annotations.</param>
    /// <param name="after">The element with its new annotations.</param>
    /// <param name="isElsewhere">Annotations to leave out, because another part of the text shows them.</param>
    public static IEnumerable<OperationDetail> Between(
        IReadOnlyAnnotatable? before, IReadOnlyAnnotatable after, Func<string, bool>? isElsewhere = null) =>
        (before?.GetAnnotations() ?? []).Concat(after.GetAnnotations())
            .Select(annotation => annotation.Name)
            .Distinct()
            .Where(name => isElsewhere?.Invoke(name) != true)
            .Select(name => (Name: name, Position: Array.FindIndex(_known, word => word.Fits(name))))
            .OrderBy(found => found.Position < 0 ? _known.Length : found.Position)
            .Select(found => Detail(
                found.Name, found.Position, before?.FindAnnotation(found.Name)?.Value, after.FindAnnotation(found.Name)?.Value));

    /// <summary>Whether the database generates the values of a column.</summary>
    public static bool Generates(IReadOnlyAnnotatable column) => column.GetAnnotations().Any(annotation =>
        Array.Exists(_known, word => word.Words is "identity" or "auto-increment" && word.Fits(annotation.Name)));

    private static OperationDetail Detail(string name, int position, object? before, object? after) =>
        (position < 0 ? AnnotationDescription.Unknown(name, after ?? before) : _known[position]).Detail(name, before, after);
}
