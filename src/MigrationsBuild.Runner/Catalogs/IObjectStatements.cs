namespace MigrationsBuild.Runner.Catalogs;

/// <summary>Writes the statements that create, change and drop single objects of one kind of database.</summary>
internal interface IObjectStatements
{
    /// <summary>How the difference between two objects can be written.</summary>
    /// <param name="change">The object before and after the script.</param>
    ChangeForm FormOf(CatalogDifference change);

    /// <summary>Statements that create an object, and do nothing if it exists.</summary>
    /// <param name="one">The object.</param>
    /// <param name="columns">The columns of a new table or view, which are created with it.</param>
    IEnumerable<ScriptStatement> Create(CatalogObject one, IReadOnlyList<CatalogObject> columns);

    /// <summary>Statements that change an object in place.</summary>
    /// <param name="from">The object as it is.</param>
    /// <param name="to">The object as it will be.</param>
    /// <param name="lost">The objects that <paramref name="from"/> needs and that are dropped, even if they are created again.</param>
    IEnumerable<ScriptStatement> Alter(CatalogObject from, CatalogObject to, IReadOnlyCollection<ObjectKey> lost);

    /// <summary>Statements that drop an object, and do nothing if it doesn't exist.</summary>
    /// <param name="one">The object.</param>
    /// <param name="isReplaced">Whether it is created again.</param>
    IEnumerable<ScriptStatement> Drop(CatalogObject one, bool isReplaced);

    /// <summary>Whether objects that need another one must be dropped while that one is changed in place.</summary>
    /// <param name="from">The object as it is.</param>
    /// <param name="to">The object as it will be.</param>
    /// <param name="lost">See <see cref="Alter"/>.</param>
    bool IsInTheWay(CatalogObject from, CatalogObject to, IReadOnlyCollection<ObjectKey> lost);

    /// <summary>The roles that the statements of an object name, quoted where SQL needs it.</summary>
    IEnumerable<string> Roles(CatalogObject one);

    /// <summary>Whether an object is changed, and not dropped, while an object that it needs is dropped.</summary>
    bool Survives(CatalogObject one);
}

/// <summary>How the difference between two objects can be written.</summary>
internal enum ChangeForm
{
    /// <summary>The object is changed, and keeps its content and whatever needs it.</summary>
    InPlace,

    /// <summary>The object is dropped and created again.</summary>
    Replacement,

    /// <summary>There are no statements for it.</summary>
    NotWritable,
}

/// <summary>A statement of a script.</summary>
/// <param name="Stage">The part of the script.</param>
/// <param name="Sql">The statement, without a semicolon. It has no effect where the object is already as wanted.</param>
internal sealed record ScriptStatement(ScriptStage Stage, string Sql)
{
    /// <summary>The statement without its condition, for a database where the object isn't as wanted.</summary>
    public string Plain { get; init; } = Sql;
}

/// <summary>The parts of a script, in their order.</summary>
internal enum ScriptStage
{
    /// <summary>Settings of the session, each once.</summary>
    Preparation,

    /// <summary>Drops, in the order opposite to that in which objects need each other.</summary>
    Removal,

    /// <summary>Objects and changes, in the order in which objects need each other.</summary>
    Creation,

    /// <summary>What connects objects, or describes them.</summary>
    Completion,
}
