
namespace MigrationsBuild.Diagnostics;

/// <summary>All codes: 1xxx model and review, 2xxx lint, 3xxx database, 4xxx environment and usage, 9xxx our own errors.</summary>
public static class DiagnosticCodes
{
#pragma warning disable CS1591 // The titles are the documentation.
    public static readonly DiagnosticCode Drift = new("MIG1001", "A model change has no migration", SeverityRule.Drift) { IsDrift = true };
    public static readonly DiagnosticCode NotApproved = new(
        "MIG1002", "A migration is not approved", SeverityRule.Unapproved)
    { IsDrift = true };

    public static readonly DiagnosticCode Edited = new("MIG1003", "A migration differs from its approved SQL", SeverityRule.Unapproved)
    {
        IsDrift = true,
    };

    public static readonly DiagnosticCode MissingMigration = new("MIG1004", "An approved migration is missing", SeverityRule.Unapproved)
    {
        IsDrift = true,
    };

    public static readonly DiagnosticCode OrderDiffers = new(
        "MIG1005", "The order of the migrations is not approved", SeverityRule.Unapproved)
    {
        IsDrift = true,
    };

    public static readonly DiagnosticCode NotAdopted = new("MIG1006", "The project has no approvals file", SeverityRule.Adoption);

    /// <summary>Nothing else differs.</summary>
    public static readonly DiagnosticCode SnapshotFormat = new(
        "MIG1007", "The model snapshot was written by another version of EF Core", SeverityRule.Message);

    public static readonly DiagnosticCode NonDeterministicModel = new("MIG1008", "The model is non-deterministic", SeverityRule.Drift)
    {
        IsDrift = true,
    };

    /// <summary>Nothing is known about the model of such a context.</summary>
    public static readonly DiagnosticCode NoVerdict = new("MIG1009", "The DbContext can't be created", SeverityRule.NoVerdict);

    /// <summary>The operations can't be written as SQL that every runner can execute.</summary>
    public static readonly DiagnosticCode NotEmittable = new("MIG1010", "A migration can't be written as SQL", SeverityRule.Unapproved);

    public static readonly DiagnosticCode UnrelatedSqlFile = new(
        "MIG1011", "An unrelated file has the name of a migration's SQL file", SeverityRule.Unapproved);

    /// <summary>The file contains conflict markers, an invalid line, or the same line twice.</summary>
    public static readonly DiagnosticCode BrokenApprovals = new("MIG1012", "The approvals file can't be read", SeverityRule.Error);

    public static readonly DiagnosticCode NoSnapshot = new("MIG1013", "The model snapshot is missing", SeverityRule.Drift);
    public static readonly DiagnosticCode OtherGenerator = new(
        "MIG1014", "This version of EF Core generates different SQL", SeverityRule.Message);
    public static readonly DiagnosticCode OrphanedSql = new("MIG1015", "An SQL file has no migration", SeverityRule.Warning);

    /// <summary>The build doesn't contain the context, or can't check it.</summary>
    public static readonly DiagnosticCode OrphanedApprovals = new(
        "MIG1016", "The context of an approvals file is missing", SeverityRule.Unapproved)
    {
        IsDrift = true,
    };

    public static readonly DiagnosticCode NoApprovals = new(
        "MIG1017", "The approvals file of a context is missing", SeverityRule.Unapproved)
    {
        IsDrift = true,
    };

    /// <summary>The file was written for another context, assembly, provider or history table.</summary>
    public static readonly DiagnosticCode HeaderDiffers = new(
        "MIG1018", "The approvals file doesn't match the model", SeverityRule.Unapproved)
    {
        IsDrift = true,
    };

    /// <summary>The SQL that an approval would pin isn't the SQL that was in the file when the command started.</summary>
    public static readonly DiagnosticCode ChangedSinceRead = new("MIG1019", "A migration's SQL file is out of date", SeverityRule.Error);

    public static readonly DiagnosticCode InvisibleText = new("MIG1020", "The SQL contains invisible characters", SeverityRule.Unapproved)
    {
        IsDrift = true,
    };

    /// <summary>The C# file of the migration exists, but the assembly doesn't contain the migration.</summary>
    public static readonly DiagnosticCode NotCompiled = new(
        "MIG1021", "A migration isn't compiled", SeverityRule.Unapproved)
    { IsDrift = true };

    /// <summary>The context was created and its model was built, but the comparison threw an exception.</summary>
    public static readonly DiagnosticCode Unreadable = new(
        "MIG1022", "The migrations can't be compared with the model", SeverityRule.NoVerdict);

    /// <summary>The approved values are executed.</summary>
    public static readonly DiagnosticCode NonDeterministicSql = new(
        "MIG1023", "A migration generates non-deterministic SQL", SeverityRule.Message);

    /// <summary>No context of the project has one.</summary>
    public static readonly DiagnosticCode NoMigrations = new("MIG1024", "The context has no migrations", SeverityRule.Notice);

    /// <summary>With <c>DbCompileDesigners=newest</c>.</summary>
    public static readonly DiagnosticCode ModelNotCompiled = new(
        "MIG1025", "The model of an old migration can't be compiled", SeverityRule.NoVerdict);

    public static readonly DiagnosticCode SlowDesigners = new(
        "MIG1026", "Old Designer files slow down the build", SeverityRule.Notice);

    /// <summary>A clone doesn't have the migration, and its build can't notice that.</summary>
    public static readonly DiagnosticCode IgnoredByGit = new("MIG1027", "A migration is ignored by git", SeverityRule.Warning);

    /// <summary>With <c>DbVerify=required</c>.</summary>
    public static readonly DiagnosticCode Unverified = new("MIG1028", "A migration was not verified", SeverityRule.Unapproved)
    {
        IsDrift = true,
    };

    /// <summary>With <c>DbSchemaFile</c>. The file is missing, was edited, or was written for other migrations.</summary>
    public static readonly DiagnosticCode SchemaFile = new("MIG1029", "The schema file is out of date", SeverityRule.Unapproved)
    {
        IsDrift = true,
    };

    /// <summary>The approvals file and the assembly disagree about the migrations that a squashed one replaces.</summary>
    public static readonly DiagnosticCode SquashDiffers = new(
        "MIG1030", "A squash doesn't match the migrations", SeverityRule.Unapproved)
    {
        IsDrift = true,
    };

    /// <summary>The files of the migrations have uncommitted changes, or one of the migrations is not approved.</summary>
    public static readonly DiagnosticCode NotSquashed = new("MIG1031", "The migrations can't be squashed", SeverityRule.Error);

    /// <summary>The C# or the SQL can't be read, or the C# has changed since its SQL was generated.</summary>
    public static readonly DiagnosticCode NotEjected = new(
        "MIG1032", "SQL can't be written into the C# of a migration", SeverityRule.Error);

    /// <summary>With <c>DbRequireReviewer</c>.</summary>
    public static readonly DiagnosticCode ApprovedByAuthor = new("MIG1033", "A migration was approved by its author", SeverityRule.Error)
    {
        IsDrift = true,
    };

    public static readonly DiagnosticCode TableDropped = Lint("MIG2101", "A table is dropped");
    public static readonly DiagnosticCode ColumnDropped = Lint("MIG2102", "A column is dropped");
    public static readonly DiagnosticCode ColumnReplaced = Lint("MIG2103", "A column is dropped and added again");
    public static readonly DiagnosticCode DropAndAdd = Lint("MIG2104", "A drop and an add may be a rename");
    public static readonly DiagnosticCode DoubtfulRename = Lint("MIG2105", "A rename may put values into the wrong column");
    public static readonly DiagnosticCode LossyTypeChange = Lint("MIG2106", "A type change may lose values");
    public static readonly DiagnosticCode SeedRowsChanged = Lint("MIG2107", "Rows of seed data are deleted or overwritten");
    public static readonly DiagnosticCode AllRowsChanged = Lint("MIG2108", "A statement deletes or overwrites all rows");
    public static readonly DiagnosticCode RequiredWithoutDefault = Lint("MIG2201", "A required column has no default");
    public static readonly DiagnosticCode DefaultViolatesConstraint = Lint("MIG2202", "A default violates a constraint");
    public static readonly DiagnosticCode UniqueOnRows = Lint("MIG2203", "Existing rows may violate a unique index");
    public static readonly DiagnosticCode NullsInRows = Lint("MIG2204", "Existing rows may contain nulls");
    public static readonly DiagnosticCode NoCast = Lint("MIG2205", "A type change has no cast");
    public static readonly DiagnosticCode SequenceBehind = Lint("MIG2206", "A sequence doesn't follow the values of its column");
    public static readonly DiagnosticCode EnumChange = Lint("MIG2207", "An enum change fails");
    public static readonly DiagnosticCode InventedDefault = Lint("MIG2208", "Existing rows get a default that nobody has chosen");
    public static readonly DiagnosticCode EnumAsDigits = Lint("MIG2209", "An enum column keeps its numbers as text");
    public static readonly DiagnosticCode AddColumnRewrites = Lint("MIG2301", "Adding a column rewrites the table");
    public static readonly DiagnosticCode TypeChangeRewrites = Lint("MIG2302", "A type change rewrites the table");
    public static readonly DiagnosticCode IndexBlocksWrites = Lint("MIG2303", "Creating an index blocks writes");
    public static readonly DiagnosticCode ValidationBlocksWrites = Lint("MIG2304", "Validating a constraint blocks writes");
    public static readonly DiagnosticCode KeyBuildsIndex = Lint("MIG2305", "Adding a key builds an index under a lock");
    public static readonly DiagnosticCode HeavyLock = Lint("MIG2306", "A statement blocks the whole table");
    public static readonly DiagnosticCode RowsUnderLock = Lint("MIG2307", "Rows are changed while the table is locked");
    public static readonly DiagnosticCode BreaksRunningVersion = Lint("MIG2401", "The running version of the application may fail");
    public static readonly DiagnosticCode NotInTransaction = Lint("MIG2501", "A statement is not allowed in a transaction");
    public static readonly DiagnosticCode NotRepeatable = Lint("MIG2502", "A failed migration can't be repeated");
    public static readonly DiagnosticCode DownLosesData = Lint("MIG2602", "Reverting the migration loses data");
    public static readonly DiagnosticCode NotUnderstood = Lint("MIG2603", "A statement isn't understood");

    public static readonly DiagnosticCode Unreachable = new(
        "MIG3001", "The database can't be reached", SeverityRule.Error)
    { IsRetryable = true };
    public static readonly DiagnosticCode LoginFailed = new("MIG3002", "The login failed", SeverityRule.Error) { IsRetryable = true };
    public static readonly DiagnosticCode NoPermission = new("MIG3003", "The user lacks a permission", SeverityRule.Error);
    public static readonly DiagnosticCode SqlFailed = new("MIG3004", "A statement failed", SeverityRule.Error);
    public static readonly DiagnosticCode AlreadyExists = new("MIG3005", "An object already exists", SeverityRule.Error);
    public static readonly DiagnosticCode Irreversible = new("MIG3006", "A migration can't be reverted", SeverityRule.Error);

    /// <summary>The expression names no revision, or several.</summary>
    public static readonly DiagnosticCode NoSuchRevision = new("MIG3007", "A revision can't be located", SeverityRule.Error);

    /// <summary>The verb works only on development databases.</summary>
    public static readonly DiagnosticCode NotDevelopment = new("MIG3008", "The database isn't a development database", SeverityRule.Error);

    public static readonly DiagnosticCode OutOfOrder = new(
        "MIG3009", "A pending migration is older than an applied one", SeverityRule.Error);

    /// <summary>All migrations that only the database has are newer than those of this build.</summary>
    public static readonly DiagnosticCode Ahead = new("MIG3010", "The database is ahead of this build", SeverityRule.Warning);

    /// <summary>The database has migrations between those of this build.</summary>
    public static readonly DiagnosticCode Diverged = new("MIG3011", "The database has diverged from this build", SeverityRule.Error);

    public static readonly DiagnosticCode Interrupted = new(
        "MIG3012", "The run was interrupted", SeverityRule.Error)
    { IsRetryable = true };
    public static readonly DiagnosticCode Tampered = new("MIG3013", "A file differs from the manifest", SeverityRule.Error);
    public static readonly DiagnosticCode Locked = new("MIG3014", "Another run holds the lock", SeverityRule.Error) { IsRetryable = true };
    public static readonly DiagnosticCode NoDatabase = new(
        "MIG3015", "The database doesn't exist", SeverityRule.Error)
    { IsRetryable = true };

    public static readonly DiagnosticCode ApplyUnapproved = new("MIG3016", "An unapproved migration isn't applied", SeverityRule.Error)
    {
        IsDrift = true,
    };

    public static readonly DiagnosticCode UnknownProvider = new("MIG3017", "The runner doesn't support this database", SeverityRule.Error);

    /// <summary>Only a migration that isn't one transaction can be left half-way.</summary>
    public static readonly DiagnosticCode Partial = new("MIG3018", "A migration failed half-way", SeverityRule.Warning);

    public static readonly DiagnosticCode EditedSinceApplied = new(
        "MIG3019", "A migration was edited after it was applied", SeverityRule.Warning);
    public static readonly DiagnosticCode Pending = new("MIG3020", "Migrations are pending", SeverityRule.Error) { IsRetryable = true };

    /// <summary>The statement was retried as often as the settings allow.</summary>
    public static readonly DiagnosticCode TimedOut = new("MIG3021", "A statement waited or ran for too long", SeverityRule.Error)
    {
        IsRetryable = true,
    };

    /// <summary>Session locks don't work through a pooler that changes the connection between transactions.</summary>
    public static readonly DiagnosticCode TransactionPooling = new(
        "MIG3022", "The connection goes through a transaction pooler", SeverityRule.Error);

    /// <summary><c>DbTransaction</c> is <c>all</c>, but a statement can't run in a transaction.</summary>
    public static readonly DiagnosticCode NotOneTransaction = new(
        "MIG3023", "The migrations can't run in one transaction", SeverityRule.Error);

    /// <summary>A relative revision was resolved from a migration that is no longer the newest applied one.</summary>
    public static readonly DiagnosticCode Moved = new("MIG3024", "A relative revision now means another migration", SeverityRule.Error);

    /// <summary>The call doesn't name the hash of that SQL.</summary>
    public static readonly DiagnosticCode JournalSql = new("MIG3025", "SQL from the journal must be accepted", SeverityRule.Error);

    /// <summary>The history or the journal belongs to another role, or has triggers, rules or policies.</summary>
    public static readonly DiagnosticCode UntrustedTable = new("MIG3026", "The history table can't be trusted", SeverityRule.Error);

    /// <summary>A migration released the lock that keeps other runs out.</summary>
    public static readonly DiagnosticCode LockLost = new("MIG3027", "The run lost the lock on the migrations", SeverityRule.Error)
    {
        IsRetryable = true,
    };

    /// <summary>The search path names no schema that exists.</summary>
    public static readonly DiagnosticCode NoSchema = new("MIG3028", "The schema doesn't exist", SeverityRule.Error);

    /// <summary>The driver or the server rejects a setting of the connection string, the role or the database.</summary>
    public static readonly DiagnosticCode SettingsRefused = new("MIG3029", "The connection settings are rejected", SeverityRule.Error);

    public static readonly DiagnosticCode ExecutedPartEdited = new(
        "MIG3030", "The executed part of a migration was edited", SeverityRule.Error);

    /// <summary>The object can't be created again, or the rebuild breaks a view or a trigger.</summary>
    public static readonly DiagnosticCode RebuildLoses = new(
        "MIG3031", "A table rebuild would lose a trigger, an index or a view", SeverityRule.Error);

    /// <summary>The file is encrypted, damaged, or not an SQLite database.</summary>
    public static readonly DiagnosticCode UnreadableFile = new("MIG3032", "The SQLite file can't be read", SeverityRule.Error);

    /// <summary>A statement needs something that the application registers on its own connection.</summary>
    public static readonly DiagnosticCode NotRegistered = new(
        "MIG3033", "The runner's SQLite lacks a function or collation", SeverityRule.Error);

    /// <summary>The settings limit the size of tables that are worked on under a lock.</summary>
    public static readonly DiagnosticCode LockRefused = new(
        "MIG3034", "A migration would lock a large table for too long", SeverityRule.Error);

    public static readonly DiagnosticCode SchemaDiffers = new(
        "MIG3035", "The database differs from its migrations", SeverityRule.Error)
    {
        IsDrift = true,
    };

    public static readonly DiagnosticCode NoScratchServer = new(
        "MIG3036", "There is no server for a scratch database", SeverityRule.Error);

    public static readonly DiagnosticCode NotVerified = new(
        "MIG3037", "Reverting a migration doesn't restore the database", SeverityRule.Error)
    {
        IsDrift = true,
    };

    public static readonly DiagnosticCode MigrationsDifferFromModel = new(
        "MIG3038", "The migrations don't produce the model", SeverityRule.Error)
    {
        IsDrift = true,
    };

    /// <summary>In the file <c>&lt;id&gt;.verify.sql</c>.</summary>
    public static readonly DiagnosticCode AssertionFailed = new("MIG3039", "An assertion about a migration fails", SeverityRule.Error)
    {
        IsDrift = true,
    };

    /// <summary>The draft of <c>DbDiff</c> leaves the difference out.</summary>
    public static readonly DiagnosticCode NotWrittenAsSql = new("MIG3040", "A difference can't be written as SQL", SeverityRule.Warning);

    /// <summary>The database has some of the migrations that a squashed one replaces, and not all.</summary>
    public static readonly DiagnosticCode SquashIncomplete = new(
        "MIG3041", "The database has only some of the squashed migrations", SeverityRule.Error);

    public static readonly DiagnosticCode HasHistory = new("MIG3042", "The database already has migrations", SeverityRule.Error);

    public static readonly DiagnosticCode SquashNotProven = new(
        "MIG3043", "A squashed migration doesn't produce the same database", SeverityRule.Error);

    /// <summary>Columns or tables with data are dropped, or it can't be determined whether they have any.</summary>
    public static readonly DiagnosticCode DataLoss = new("MIG3047", "A migration drops data", SeverityRule.Error);

    /// <summary>The migrations of another branch, or an older draft, can't be reverted.</summary>
    public static readonly DiagnosticCode NotSwitched = new(
        "MIG3048", "The development database can't follow the branch", SeverityRule.Error);

    /// <summary>The build that wanted to do it succeeds.</summary>
    public static readonly DiagnosticCode NotSynchronized = new(
        "MIG3049", "The build has not migrated the development database", SeverityRule.Warning);

    public static readonly DiagnosticCode NoContext = new("MIG4001", "There is no DbContext", SeverityRule.Error);
    public static readonly DiagnosticCode SeveralContexts = new("MIG4002", "There are several DbContexts", SeverityRule.Error);
    public static readonly DiagnosticCode NoDesignPackage = new(
        "MIG4003", "Microsoft.EntityFrameworkCore.Design is missing", SeverityRule.Error);
    public static readonly DiagnosticCode UnusableName = new("MIG4004", "The name of the migration is invalid", SeverityRule.Error);
    public static readonly DiagnosticCode DuplicateName = new("MIG4005", "The name is already in use", SeverityRule.Error);
    public static readonly DiagnosticCode NoConnection = new("MIG4006", "No connection is configured", SeverityRule.Error);
    public static readonly DiagnosticCode NotWritable = new("MIG4007", "A file can't be written", SeverityRule.Error);
    public static readonly DiagnosticCode NothingToDo = new("MIG4008", "The verb has nothing to work on", SeverityRule.Error);
    public static readonly DiagnosticCode AdoptFirst = new("MIG4009", "The verb needs an approvals file", SeverityRule.Error);
    public static readonly DiagnosticCode InvalidSetting = new("MIG4010", "A setting is invalid", SeverityRule.Error);
    public static readonly DiagnosticCode Usage = new("MIG4011", "The command line is invalid", SeverityRule.Error) { IsUsage = true };

    /// <summary>There is no project in the folder, or several.</summary>
    public static readonly DiagnosticCode WhichProject = new(
        "MIG4012", "The project can't be determined", SeverityRule.Error)
    { IsUsage = true };

    /// <summary>The project doesn't reference the package, or references a version that is too old for the verb.</summary>
    public static readonly DiagnosticCode NoPackage = new("MIG4013", "The project doesn't reference MigrationsBuild", SeverityRule.Error)
    {
        IsUsage = true,
    };

    public static readonly DiagnosticCode NotRestored = new("MIG4014", "The project isn't restored", SeverityRule.Error) { IsUsage = true };
    public static readonly DiagnosticCode NoLanguage = new("MIG4015", "Migrations can't be written in this language", SeverityRule.Error);

    /// <summary>The start-up project can't create the contexts.</summary>
    public static readonly DiagnosticCode NoStartupProject = new("MIG4016", "The start-up project can't be used", SeverityRule.NoVerdict);

    /// <summary>The repository does something that the runner can't do, or can do only once.</summary>
    public static readonly DiagnosticCode CustomHistory = new(
        "MIG4017", "The application's history repository is not fully supported", SeverityRule.Unapproved);

    public static readonly DiagnosticCode DraftNotCompiled = new("MIG4018", "The draft doesn't compile", SeverityRule.Error);
    public static readonly DiagnosticCode DraftAnalyzed = new("MIG4019", "The project's analyzers reject the draft", SeverityRule.Error);

    /// <summary>By <c>DbRebase</c>.</summary>
    public static readonly DiagnosticCode CannotRebase = new("MIG4020", "The migrations can't be rebased", SeverityRule.Error);

    /// <summary>By the merge driver of git.</summary>
    public static readonly DiagnosticCode MergedByLines = new("MIG4021", "A file is merged line by line", SeverityRule.Warning);

    /// <summary>By <c>dotnet db init</c>.</summary>
    public static readonly DiagnosticCode NoPackagesAdded = new("MIG4022", "The packages can't be added", SeverityRule.Error);

    /// <summary>By <c>dotnet db init</c>, if it isn't known which factory the contexts need.</summary>
    public static readonly DiagnosticCode NoFactory = new("MIG4023", "No design-time factory was written", SeverityRule.Warning);

    /// <summary>By <c>dotnet db init</c>: there is no repository, or a part of the setup has to be done by hand.</summary>
    public static readonly DiagnosticCode NoRepository = new("MIG4024", "git is not set up completely", SeverityRule.Error);

    /// <summary>By <c>dotnet db init</c>.</summary>
    public static readonly DiagnosticCode PipelineExists = new("MIG4025", "The repository has a pipeline", SeverityRule.Warning);

    public static readonly DiagnosticCode Internal = new("MIG9001", "Internal error in MigrationsBuild", SeverityRule.Error);
#pragma warning restore CS1591

    private static DiagnosticCode Lint(string id, string title) => new(id, title, SeverityRule.Lint);

    /// <summary>All codes, by id.</summary>
    public static IReadOnlyDictionary<string, DiagnosticCode> All { get; } = typeof(DiagnosticCodes)
        .GetFields()
        .Where(field => field.FieldType == typeof(DiagnosticCode))
        .Select(field => (DiagnosticCode)field.GetValue(null)!)
        .ToDictionary(code => code.Id);

    /// <summary>The code with an id; <see cref="Internal"/> if there is none.</summary>
    /// <param name="id"><c>MIG</c> and four digits.</param>
    public static DiagnosticCode Find(string id) => All.TryGetValue(id, out var code) ? code : Internal;
}
