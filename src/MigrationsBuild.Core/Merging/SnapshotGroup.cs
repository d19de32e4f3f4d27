namespace MigrationsBuild.Merging;

/// <summary>
/// The groups of statements in a model snapshot, in the order in which EF Core's <c>CSharpSnapshotGenerator</c> writes them: first those
/// of the model, then those of an entity type.
/// </summary>
internal enum SnapshotGroup
{
    /// <summary>The annotations of the model, in one statement.</summary>
    Annotations,

    /// <summary>Calls of a provider's extension methods, such as <c>HasPostgresEnum</c>.</summary>
    Extensions,
    Sequences,
    Entities,

    /// <summary>A second block for each entity type with foreign keys or owned types.</summary>
    Relationships,

    /// <summary>A third block for each entity type with navigations to dependent ones.</summary>
    EntityNavigations,

    BaseType,
    Properties,
    ComplexProperties,
    PrimaryKey,
    AlternateKeys,
    Indexes,

    /// <summary>The table, the view and the annotations: all statements that are in no other group.</summary>
    Mapping,
    Triggers,
    CheckConstraints,
    ForeignKeys,
    OwnedTypes,
    Navigations,
    Data,
}
