namespace MigrationsBuild.Diagnostics;

/// <summary>Every code there is: 1xxx model and review, 3xxx database, 4xxx environment and usage, 9xxx ours to fix.</summary>
public static class DiagnosticCodes
{
    /// <summary>The model says something that no migration says.</summary>
    public static readonly DiagnosticCode Drift = new("MIG1001", "A model change has no migration", Gate.Drift) { IsDrift = true };

    /// <summary>A migration that isn't in the approvals file.</summary>
    public static readonly DiagnosticCode NotApproved = new("MIG1002", "A migration is not approved", Gate.Unapproved) { IsDrift = true };

    /// <summary>The SQL, or what the C# yields, isn't what was approved.</summary>
    public static readonly DiagnosticCode Edited = new("MIG1003", "A migration differs from its approved SQL", Gate.Unapproved)
    {
        IsDrift = true,
    };

    /// <summary>An approved migration that isn't there.</summary>
    public static readonly DiagnosticCode MissingMigration = new("MIG1004", "An approved migration is missing", Gate.Unapproved) { IsDrift = true };

    /// <summary>A migration that comes behind another one than when it was approved.</summary>
    public static readonly DiagnosticCode OrderDiffers = new("MIG1005", "The order of the migrations is not approved", Gate.Unapproved)
    {
        IsDrift = true,
    };

    /// <summary>A project with migrations and without approvals file.</summary>
    public static readonly DiagnosticCode NotAdopted = new("MIG1006", "The project has no approvals file", Gate.Adoption);

    /// <summary>The snapshot was written by another EF Core, and nothing else differs.</summary>
    public static readonly DiagnosticCode SnapshotFormat = new(
        "MIG1007", "The model snapshot was written by another version of EF Core", Gate.Message);

    /// <summary>The model comes out differently each time it is built.</summary>
    public static readonly DiagnosticCode NonDeterministicModel = new("MIG1008", "The model is non-deterministic", Gate.Drift)
    {
        IsDrift = true,
    };

    /// <summary>The context can't be made, so nothing can be said about its model.</summary>
    public static readonly DiagnosticCode NoVerdict = new("MIG1009", "The DbContext can't be created", Gate.NoVerdict);

    /// <summary>A migration's operations can't be written as SQL that every runner can run.</summary>
    public static readonly DiagnosticCode NotEmittable = new("MIG1010", "A migration can't be written as SQL", Gate.Unapproved);

    /// <summary>Somebody else's file stands where a migration's SQL belongs.</summary>
    public static readonly DiagnosticCode UnrelatedSqlFile = new(
        "MIG1011", "An unrelated file has the name of a migration's SQL file", Gate.Unapproved);

    /// <summary>The approvals file holds conflict markers, garbage or a line twice.</summary>
    public static readonly DiagnosticCode BrokenApprovals = new("MIG1012", "The approvals file can't be read", Gate.Error);

    /// <summary>There are migrations, and no snapshot that says what they come to.</summary>
    public static readonly DiagnosticCode NoSnapshot = new("MIG1013", "The model snapshot is missing", Gate.Drift);

    /// <summary>Another version of EF Core or of the provider writes other SQL than was approved.</summary>
    public static readonly DiagnosticCode OtherGenerator = new("MIG1014", "This version of EF Core generates different SQL", Gate.Message);

    /// <summary>An SQL file of ours whose migration is gone.</summary>
    public static readonly DiagnosticCode OrphanedSql = new("MIG1015", "An SQL file has no migration", Gate.Warning);

    /// <summary>An approvals file whose context the build doesn't have, or can't check.</summary>
    public static readonly DiagnosticCode OrphanedApprovals = new("MIG1016", "The context of an approvals file is missing", Gate.Unapproved) { IsDrift = true };

    /// <summary>A context without approvals file where it must have had one, or needs one.</summary>
    public static readonly DiagnosticCode NoApprovals = new("MIG1017", "The approvals file of a context is missing", Gate.Unapproved) { IsDrift = true };

    /// <summary>The approvals file was written for another context, assembly, provider or history table.</summary>
    public static readonly DiagnosticCode HeaderDiffers = new("MIG1018", "The approvals file doesn't match the model", Gate.Unapproved) { IsDrift = true };

    /// <summary>What would be pinned isn't the SQL in the file.</summary>
    public static readonly DiagnosticCode ChangedSinceRead = new("MIG1019", "A migration's SQL file is out of date", Gate.Error);

    /// <summary>An SQL file holds what a person who reads it can't see.</summary>
    public static readonly DiagnosticCode InvisibleText = new("MIG1020", "The SQL contains invisible characters", Gate.Unapproved)
    {
        IsDrift = true,
    };

    /// <summary>A migration's C# file is there, and the assembly doesn't hold the migration.</summary>
    public static readonly DiagnosticCode NotCompiled = new("MIG1021", "A migration isn't compiled", Gate.Unapproved) { IsDrift = true };

    /// <summary>The context was created and its model built, and the comparison with the snapshot or the migrations threw.</summary>
    public static readonly DiagnosticCode Unreadable = new("MIG1022", "The migrations can't be compared with the model", Gate.NoVerdict);

    /// <summary>A migration's C# yields other SQL each time it runs; the values of the approval are what runs.</summary>
    public static readonly DiagnosticCode NonDeterministicSql = new("MIG1023", "A migration generates non-deterministic SQL", Gate.Message);

    /// <summary>No context of the project has a migration, so there is nothing to compare a model with.</summary>
    public static readonly DiagnosticCode NoMigrations = new("MIG1024", "The context has no migrations", Gate.Notice);

    /// <summary>No server answers.</summary>
    public static readonly DiagnosticCode Unreachable = new("MIG3001", "The database can't be reached", Gate.Error) { IsRetryable = true };

    /// <summary>The server doesn't let this user in.</summary>
    public static readonly DiagnosticCode LoginFailed = new("MIG3002", "The login failed", Gate.Error) { IsRetryable = true };

    /// <summary>The user may not do that.</summary>
    public static readonly DiagnosticCode NoPermission = new("MIG3003", "The user lacks a permission", Gate.Error);

    /// <summary>A statement of a migration failed.</summary>
    public static readonly DiagnosticCode SqlFailed = new("MIG3004", "A statement failed", Gate.Error);

    /// <summary>A migration creates what exists already.</summary>
    public static readonly DiagnosticCode AlreadyExists = new("MIG3005", "An object already exists", Gate.Error);

    /// <summary>A migration that was to be reverted has no SQL for it.</summary>
    public static readonly DiagnosticCode Irreversible = new("MIG3006", "A migration can't be reverted", Gate.Error);

    /// <summary>A revision expression names no revision, or several.</summary>
    public static readonly DiagnosticCode NoSuchRevision = new("MIG3007", "A revision can't be located", Gate.Error);

    /// <summary>What only a development database lets happen was asked of another one.</summary>
    public static readonly DiagnosticCode NotDevelopment = new("MIG3008", "The database isn't a development database", Gate.Error);

    /// <summary>A pending migration is older than one that is applied.</summary>
    public static readonly DiagnosticCode OutOfOrder = new("MIG3009", "A pending migration is older than an applied one", Gate.Error);

    /// <summary>The database has migrations that this build doesn't have, all newer than its own.</summary>
    public static readonly DiagnosticCode Ahead = new("MIG3010", "The database is ahead of this build", Gate.Warning);

    /// <summary>The database has migrations between ours that this build doesn't have.</summary>
    public static readonly DiagnosticCode Diverged = new("MIG3011", "The database has diverged from this build", Gate.Error);

    /// <summary>Somebody pressed Ctrl-C.</summary>
    public static readonly DiagnosticCode Interrupted = new("MIG3012", "The run was interrupted", Gate.Error) { IsRetryable = true };

    /// <summary>A file isn't what the manifest says.</summary>
    public static readonly DiagnosticCode Tampered = new("MIG3013", "A file differs from the manifest", Gate.Error);

    /// <summary>Somebody else holds the lock on the migrations for too long.</summary>
    public static readonly DiagnosticCode Locked = new("MIG3014", "Another run holds the lock", Gate.Error) { IsRetryable = true };

    /// <summary>The database doesn't exist.</summary>
    public static readonly DiagnosticCode NoDatabase = new("MIG3015", "The database doesn't exist", Gate.Error) { IsRetryable = true };

    /// <summary>A migration was to be applied that nobody approved.</summary>
    public static readonly DiagnosticCode ApplyUnapproved = new("MIG3016", "An unapproved migration isn't applied", Gate.Error) { IsDrift = true };

    /// <summary>The apply verbs know PostgreSQL and SQLite.</summary>
    public static readonly DiagnosticCode UnknownProvider = new("MIG3017", "The runner doesn't support this database", Gate.Error);

    /// <summary>A migration that isn't one transaction was left half-way.</summary>
    public static readonly DiagnosticCode Partial = new("MIG3018", "A migration failed half-way", Gate.Warning);

    /// <summary>A migration's SQL isn't what was executed here.</summary>
    public static readonly DiagnosticCode EditedSinceApplied = new("MIG3019", "A migration was edited after it was applied", Gate.Warning);

    /// <summary>A database lacks migrations that it was to have.</summary>
    public static readonly DiagnosticCode Pending = new("MIG3020", "Migrations are pending", Gate.Error) { IsRetryable = true };

    /// <summary>A statement didn't get a lock in time, often enough, or took longer than it may.</summary>
    public static readonly DiagnosticCode TimedOut = new("MIG3021", "A statement waited or ran for too long", Gate.Error) { IsRetryable = true };

    /// <summary>Locks don't hold behind a pooler that changes the connection between transactions.</summary>
    public static readonly DiagnosticCode TransactionPooling = new("MIG3022", "The connection goes through a transaction pooler", Gate.Error);

    /// <summary>Everything was to be one transaction, and something can't be in one.</summary>
    public static readonly DiagnosticCode NotOneTransaction = new("MIG3023", "The migrations can't run in one transaction", Gate.Error);

    /// <summary>A relative revision was resolved from a migration that is no longer the newest applied one.</summary>
    public static readonly DiagnosticCode Moved = new("MIG3024", "A relative revision now means another migration", Gate.Error);

    /// <summary>SQL that comes from the journal was to run, and the call doesn't name its hash.</summary>
    public static readonly DiagnosticCode JournalSql = new("MIG3025", "SQL from the journal must be accepted", Gate.Error);

    /// <summary>The history or the journal belongs to another role, or has triggers, rules or policies.</summary>
    public static readonly DiagnosticCode UntrustedTable = new("MIG3026", "The history table can't be trusted", Gate.Error);

    /// <summary>A migration has released the lock that keeps other runs out.</summary>
    public static readonly DiagnosticCode LockLost = new("MIG3027", "The run lost the lock on the migrations", Gate.Error)
    {
        IsRetryable = true,
    };

    /// <summary>The search path names no schema that exists.</summary>
    public static readonly DiagnosticCode NoSchema = new("MIG3028", "The schema doesn't exist", Gate.Error);

    /// <summary>The driver or the server refuses what the connection string, the role or the database sets.</summary>
    public static readonly DiagnosticCode SettingsRefused = new("MIG3029", "The connection settings are rejected", Gate.Error);

    /// <summary>A migration was left half-way, and what of it was executed isn't what its SQL begins with any more.</summary>
    public static readonly DiagnosticCode ExecutedPartEdited = new("MIG3030", "The executed part of a migration was edited", Gate.Error);

    /// <summary>The rebuild of an SQLite table drops what can't be created again, or breaks a view or a trigger.</summary>
    public static readonly DiagnosticCode RebuildLoses = new(
        "MIG3031", "A table rebuild would lose a trigger, an index or a view", Gate.Error);

    /// <summary>The SQLite file is encrypted, damaged, or another kind of file.</summary>
    public static readonly DiagnosticCode UnreadableFile = new("MIG3032", "The SQLite file can't be read", Gate.Error);

    /// <summary>A statement needs what the application registers on its own SQLite connection.</summary>
    public static readonly DiagnosticCode NotRegistered = new("MIG3033", "The runner's SQLite lacks a function or collation", Gate.Error);

    /// <summary>The assembly holds no DbContext.</summary>
    public static readonly DiagnosticCode NoContext = new("MIG4001", "There is no DbContext", Gate.Error);

    /// <summary>There are several, and the verb needs one.</summary>
    public static readonly DiagnosticCode SeveralContexts = new("MIG4002", "There are several DbContexts", Gate.Error);

    /// <summary>Microsoft.EntityFrameworkCore.Design is missing.</summary>
    public static readonly DiagnosticCode NoDesignPackage = new("MIG4003", "Microsoft.EntityFrameworkCore.Design is missing", Gate.Error);

    /// <summary>No class name can be made of the message.</summary>
    public static readonly DiagnosticCode UnusableName = new("MIG4004", "The name of the migration is invalid", Gate.Error);

    /// <summary>There is a migration of that name.</summary>
    public static readonly DiagnosticCode DuplicateName = new("MIG4005", "The name is already in use", Gate.Error);

    /// <summary>Nothing says which database.</summary>
    public static readonly DiagnosticCode NoConnection = new("MIG4006", "No connection is configured", Gate.Error);

    /// <summary>A file can't be written.</summary>
    public static readonly DiagnosticCode NotWritable = new("MIG4007", "A file can't be written", Gate.Error);

    /// <summary>There is nothing that the verb could work on.</summary>
    public static readonly DiagnosticCode NothingToDo = new("MIG4008", "The verb has nothing to work on", Gate.Error);

    /// <summary>The project isn't adopted, so it has no SQL to apply.</summary>
    public static readonly DiagnosticCode AdoptFirst = new("MIG4009", "The verb needs an approvals file", Gate.Error);

    /// <summary>A property has a value that means nothing.</summary>
    public static readonly DiagnosticCode InvalidSetting = new("MIG4010", "A setting is invalid", Gate.Error);

    /// <summary>The command line of <c>dotnet db</c> means nothing.</summary>
    public static readonly DiagnosticCode Usage = new("MIG4011", "The command line is invalid", Gate.Error) { IsUsage = true };

    /// <summary>There is no project where one was looked for, or several.</summary>
    public static readonly DiagnosticCode WhichProject = new("MIG4012", "The project can't be determined", Gate.Error) { IsUsage = true };

    /// <summary>The project doesn't reference the package, or one that is too old for the verb.</summary>
    public static readonly DiagnosticCode NoPackage = new("MIG4013", "The project doesn't reference MigrationsBuild", Gate.Error)
    {
        IsUsage = true,
    };

    /// <summary>The project's packages aren't restored.</summary>
    public static readonly DiagnosticCode NotRestored = new("MIG4014", "The project isn't restored", Gate.Error) { IsUsage = true };

    /// <summary>EF Core writes migrations in C# alone.</summary>
    public static readonly DiagnosticCode NoLanguage = new("MIG4015", "Migrations can't be written in this language", Gate.Error);

    /// <summary>The project that makes the contexts can't say anything of them.</summary>
    public static readonly DiagnosticCode NoStartupProject = new("MIG4016", "The start-up project can't be used", Gate.NoVerdict);

    /// <summary>The application's own history repository does what the runner can't do, or what it can do only once.</summary>
    public static readonly DiagnosticCode CustomHistory = new(
        "MIG4017", "The application's history repository is not fully supported", Gate.Unapproved);

    /// <summary>The project wouldn't compile with a draft that was about to be written.</summary>
    public static readonly DiagnosticCode DraftNotCompiled = new("MIG4018", "The draft doesn't compile", Gate.Error);

    /// <summary>The project's analyzers report a draft that was about to be written as an error.</summary>
    public static readonly DiagnosticCode DraftAnalyzed = new("MIG4019", "The project's analyzers reject the draft", Gate.Error);

    /// <summary>A part of ours ended as it never should.</summary>
    public static readonly DiagnosticCode Internal = new("MIG9001", "Internal error in MigrationsBuild", Gate.Error);

    /// <summary>All of them, by id.</summary>
    public static IReadOnlyDictionary<string, DiagnosticCode> All { get; } = typeof(DiagnosticCodes)
        .GetFields()
        .Where(field => field.FieldType == typeof(DiagnosticCode))
        .Select(field => (DiagnosticCode)field.GetValue(null)!)
        .ToDictionary(code => code.Id);

    /// <summary>The code of that id; <see cref="Internal"/> if there is none.</summary>
    /// <param name="id"><c>MIG</c> and four digits.</param>
    public static DiagnosticCode Find(string id) => All.TryGetValue(id, out var code) ? code : Internal;
}
