namespace MigrationsBuild.Vocabulary;

/// <summary>
/// All verbs with their targets, properties and options. The tasks, both command lines, help, completion and the commands in messages read
/// this table. Tests compare the targets and the README with it.
/// </summary>
public static class VerbTable
{
    private static readonly VerbOption _dryRun = new("--dry-run", "DbDryRun", "Show the SQL and run nothing") { ExcludedBy = "--sql" };
    private static readonly VerbOption _force =
        new("--force", "DbForce", "Allow the verb on this database, although it isn't a development database")
        {
            Value = "database",
            ExcludedBy = "--sql",
        };

    private static readonly VerbOption _acceptSql =
        new("--accept-sql", "DbAcceptSql", "Accept the SQL with this hash; a run that needs the option shows the hash")
        {
            Value = "hash",
            ExcludedBy = "--sql",
        };

    private static readonly VerbOption _acceptLoss =
        new("--accept-loss", "DbAcceptLoss", "Allow these columns and tables to be dropped with their data: Users.Avatar, Orders")
        {
            Value = "names",
            ExcludedBy = "--sql",
        };

    /// <summary>
    /// The option of Alembic's <c>upgrade</c> and <c>downgrade</c> that prints SQL instead of running it, as <c>script</c> does.
    /// </summary>
    public static VerbOption Offline { get; } = new("--sql", "", "Print the SQL of a range and run nothing, as `script` does");

#pragma warning disable CS1591 // The summaries are the documentation.
    public static Verb Check { get; } = new(
        "check", "DbCheck", "Check model drift and approvals in full; exit code 3 if there is a finding")
    {
        TakesAllContexts = true,
        LeavesDatabaseAlone = true,
        VerboseProperty = "DbVerbose",
        TakesSolution = true,
        LooksForDrift = true,
        Options =
        [
            new("--require-reviewer", "DbRequireReviewer", "Fail if a migration was approved by an author of its SQL"),
        ],
        Examples = ["check", "check --require-reviewer -p DbReportSince=origin/main", "check --verbose", "check --project Shop.sln --json"],
    };

    public static Verb Revision { get; } = new("revision", "DbRevision", "Draft a migration from the changes of the model")
    {
        Options =
        [
            new("--message", "Msg", "Description of the migration; its name is derived from it") { Aliases = ["-m"], Value = "text" },
            new("--autogenerate", "", "The default without --empty") { ExcludedBy = "--empty" },
            new("--empty", "DbEmpty", "Create an empty migration to write by hand"),
            new("--amend", "DbAmend", "Draft the newest draft again"),
            new("--online", "DbOnline", "Block the application as little as possible (PostgreSQL)") { ExcludedBy = "--empty" },
            new("--sql-file", "DbSqlFile", "Draft the SQL of a file, and of <name>.down.sql beside it, for example a hotfix")
            {
                Value = "file",
                ExcludedBy = "--empty",
            },
            new("--rename", "DbRename", "Columns or tables that were renamed (Users.Name:FullName, People:Humans), or not (Users.Hash:)")
            {
                Value = "names",
                ExcludedBy = "--empty",
            },
        ],
        Examples =
        [
            "revision -m \"add user avatar\"", "revision --autogenerate -m \"add user avatar\"", "revision --empty -m \"fill prices\"",
            "revision --amend", "revision --amend --rename Users.Name:FullName", "revision --sql-file hotfix.sql -m \"add index\"",
        ],
    };

    public static Verb Approve { get; } = new("approve", "DbApprove", "Approve the SQL of drafts, or adopt a project")
    {
        TakesAllContexts = true,
        VerboseProperty = "DbVerbose",
        IsVerboseAsJson = true,
        Argument = new("id", "DbRev", "Migrations to re-approve after an edit or a change of their order") { AtMost = 1000 },
        Options =
        [
            new("--accept", "DbAccept", "Accept these findings of the lint, for example MIG2102") { Value = "codes" },
            new("--because", "DbBecause", "The reason, which is written into the approvals file") { Value = "text" },
        ],
        Examples = ["approve", "approve AddUserAvatar", "approve --accept MIG2102 --because \"nobody reads it since May\""],
    };

    public static Verb Discard { get; } = new("discard", "DbDiscard", "Remove the newest draft and restore the snapshot")
    {
        Examples = ["discard"],
    };

    public static Verb Rebase { get; } = new(
        "rebase", "DbRebase", "Draft the migrations of this branch again, on top of those of another branch")
    {
        Options =
        [
            new("--onto", "DbOnto", "The other branch; the default is that of the merge or rebase in progress") { Value = "branch" },
            new("--message", "Msg", "Description of the draft; the default is the name of the newest migration")
            {
                Aliases = ["-m"],
                Value = "text",
            },
        ],
        Examples = ["rebase", "rebase --onto main"],
    };

    public static Verb Eject { get; } = new("eject", "DbEject", "Write the edited SQL of migrations into their C#")
    {
        Argument = new("id", "DbRev", "The migrations") { AtLeast = 1, AtMost = 1000 },
        Examples = ["eject AddUserAvatar"],
    };

    public static Verb Squash { get; } = new(
        "squash", "DbSquash", "Replace the oldest migrations by one draft that produces the same database")
    {
        DatabaseNeed = DatabaseNeed.IfKnown,
        LeavesDatabaseAlone = true,
        Argument = new("revision", "DbTo", "The last migration to replace") { AtLeast = 1 },
        Options =
        [
            new("--message", "Msg", "Description of the squashed migration; the default is \"squashed\"")
            {
                Aliases = ["-m"],
                Value = "text",
            },
        ],
        Examples = ["squash AddUsers", "squash head-5 -m \"until version 2\""],
    };

    public static Verb Migrate { get; } = new(
        "migrate", "DbMigrate", "Apply pending migrations; on a development database, first revert those of another branch")
    {
        NeedsApproval = true,
        IsRepeatable = true,
        IsDeployed = true,
        DatabaseNeed = DatabaseNeed.Always,
        TakesAllPublishedContexts = true,
        VerboseProperty = "DbVerbose",
        Aliases = ["upgrade"],
        Argument = new("revision", "DbTo", "The last migration to apply; the default is all"),
        Options = [_dryRun, _force, _acceptSql, _acceptLoss, Offline],
        Examples = ["migrate", "migrate AddUsers", "migrate +1", "migrate --dry-run", "upgrade head", "upgrade AddUsers:head --sql"],
    };

    public static Verb Rollback { get; } = new("rollback", "DbRollback", "Revert applied migrations")
    {
        MayAsk = true,
        NeedsApproval = true,
        IsDeployed = true,
        DatabaseNeed = DatabaseNeed.Always,
        VerboseProperty = "DbVerbose",
        Aliases = ["downgrade"],
        Argument = new("revision", "DbTo", "The revision to go back to; on a development database, the default is -1"),
        Options = [_dryRun, _force, _acceptSql, _acceptLoss, Offline],
        Examples =
        [
            "rollback -1", "rollback AddUsers", "rollback base", "rollback AddUsers --accept-sql 5d0c4f2d9b1e",
            "rollback -1 --accept-loss Users.Avatar", "downgrade -1", "downgrade head:-1 --sql",
        ],
    };

    public static Verb Reset { get; } = new("reset", "DbReset", "Drop the database, re-create it and migrate it")
    {
        MayAsk = true,
        NeedsApproval = true,
        DatabaseNeed = DatabaseNeed.Always,
        VerboseProperty = "DbVerbose",
        Options = [_dryRun, _force],
        Examples = ["reset", "reset --force shop_test"],
    };

    public static Verb Current { get; } = new("current", "DbCurrent", "Show the newest applied migration")
    {
        IsDeployed = true,
        DatabaseNeed = DatabaseNeed.Always,
        TakesAllContexts = true,
        TakesAllPublishedContexts = true,
        LeavesDatabaseAlone = true,
        IsRepeatable = true,
        VerboseProperty = "DbVerbose",
        TakesSolution = true,
        Options = [new("--check-heads", "DbCheckHeads", "Fail if the database isn't at the newest migration")],
        Examples = ["current", "current --check-heads", "current --json", "current --project Shop.sln"],
    };

    public static Verb Diff { get; } = new(
        "diff", "DbDiff", "Compare the database with what its migrations produce; exit code 3 if it differs")
    {
        VerboseProperty = "DbVerbose",
        DatabaseNeed = DatabaseNeed.Always,
        LeavesDatabaseAlone = true,
        Options =
        [
            new("--privileges", "DbPrivileges", "Also compare the privileges that roles have on the objects (PostgreSQL)"),
            new("--draft", "DbDraft", "Draft a migration for the differences, and write a script that undoes them in the database"),
            new("--message", "Msg", "Description of the migration; its name is derived from it") { Aliases = ["-m"], Value = "text" },
            new("--output", "DbSqlFile", "The file of the script") { Aliases = ["-o"], Value = "file" },
        ],
        Examples = ["diff", "diff --json", "diff --privileges", "diff -p DbIgnore=audit.*", "diff --draft -m \"add orders_hot\""],
    };

    public static Verb Verify { get; } = new(
        "verify", "DbVerify", "Apply, revert and re-apply migrations on a scratch database, and compare the result with the model")
    {
        DatabaseNeed = DatabaseNeed.IfKnown,
        LeavesDatabaseAlone = true,
        VerboseProperty = "DbVerbose",
        Argument = new("range", "DbRev", "The migrations: AddUsers:head; the default is the drafts, or all if there are none"),
        Options =
        [
            new("--rows", "DbRows", "Fill each table with this number of generated rows before each migration") { Value = "number" },
        ],
        Examples = ["verify", "verify base:head", "verify AddUsers:head", "verify --rows 100000"],
    };

    public static Verb History { get; } = new("history", "DbHistory", "List all migrations, newest first, and whether they are applied")
    {
        NeedsBuildIfVerbose = true,
        IsDeployed = true,
        DatabaseNeed = DatabaseNeed.IfKnown,
        TakesAllPublishedContexts = true,
        LeavesDatabaseAlone = true,
        IsRepeatable = true,
        VerboseProperty = "DbVerbose",
        Argument = new("range", "DbRev", "The range to list: AddUsers:head, -3:current; the default is all"),
        Options =
        [
            new("--rev-range", "DbRev", "The range to list: AddUsers:head, -3:current") { Aliases = ["-r"], Value = "range" },
            new("--indicate-current", "", "The default") { Aliases = ["-i"] },
        ],
        Examples = ["history", "history --verbose", "history -r-3:current", "history --indicate-current"],
    };

    public static Verb Heads { get; } = new("heads", "DbHeads", "Show the newest migration of the build")
    {
        IsRepeatable = true,
        DatabaseNeed = DatabaseNeed.Never,
        LeavesDatabaseAlone = true,
        VerboseProperty = "DbVerbose",
        Examples = ["heads"],
    };

    public static Verb Show { get; } = new("show", "DbShow", "Show one migration: its files, its SQL and its state")
    {
        IsRepeatable = true,
        DatabaseNeed = DatabaseNeed.ForRevision,
        LeavesDatabaseAlone = true,
        Argument = new("revision", "DbRev", "The migration to show") { AtLeast = 1 },
        Examples = ["show head", "show AddUsers"],
    };

    public static Verb Stamp { get; } = new("stamp", "DbStamp", "Record the revision of the database in its history, and run nothing")
    {
        NeedsApproval = true,
        IsDeployed = true,
        DatabaseNeed = DatabaseNeed.Always,
        VerboseProperty = "DbVerbose",
        Argument = new("revision", "DbRev", "The revision to record") { AtLeast = 1, AtMost = 1000 },
        Options = [new("--purge", "DbPurge", "First remove all migrations of this context from the history"), _force],
        Examples = ["stamp head", "stamp --purge AddUsers"],
    };

    public static Verb Baseline { get; } = new(
        "baseline", "DbBaseline", "Record the migrations in a database that has none, if it equals their result; exit code 3 if not")
    {
        NeedsApproval = true,
        DatabaseNeed = DatabaseNeed.Always,
        VerboseProperty = "DbVerbose",
        Argument = new("revision", "DbTo", "The last migration to record; the default is all"),
        Options = [_force],
        Examples = ["baseline", "baseline Initial", "baseline -p DbIgnore=audit.*"],
    };

    public static Verb Script { get; } = new("script", "DbScript", "Write the SQL of a range of migrations, up or down")
    {
        NeedsApproval = true,
        IsRepeatable = true,
        IsDeployed = true,
        DatabaseNeed = DatabaseNeed.ForRevision,
        LeavesDatabaseAlone = true,
        Argument = new("range", "DbRev", "The range to write: base:head, AddUsers:, head:-1; the default is all"),
        Options =
        [
            new("--idempotent", "DbIdempotent", "Write SQL that skips migrations that are already applied") { Aliases = ["-i"] },
            new("--output", "DbSqlFile", "The file to write") { Aliases = ["-o"], Value = "file" },
        ],
        Examples = ["script > all.sql", "script AddUsers:head -o release.sql", "script head:base", "script --idempotent"],
    };
#pragma warning restore CS1591

    /// <summary>
    /// <c>check</c> of a deployed runner. It is not <see cref="Check"/>, which compares the model with the migrations: a deployment has no
    /// model.
    /// </summary>
    public static Verb DeploymentCheck { get; } = new(
        "check", "", "Compare the files with the manifest, and the database with the files; fails if a migration is pending")
    {
        Options =
        [
            new("--schema", "DbSchema", "Also compare the objects of the database with those that its migrations produce"),
        ],
        IsDeployed = true,
        DatabaseNeed = DatabaseNeed.Always,
        TakesAllPublishedContexts = true,
        LeavesDatabaseAlone = true,
    };

    /// <summary>Writes the objects that a database has after each migration, for a publish.</summary>
    public static Verb ExpectedSchema { get; } = new("expected-schema", "", "Write the objects that a database has after each migration")
    {
        DatabaseNeed = DatabaseNeed.IfKnown,
        LeavesDatabaseAlone = true,
    };

    /// <summary>Writes the objects that the migrations produce as SQL. <see cref="Approve"/> needs it for <c>DbSchemaFile</c>.</summary>
    public static Verb Schema { get; } = new("schema", "", "Write the objects that the migrations produce")
    {
        DatabaseNeed = DatabaseNeed.IfKnown,
        LeavesDatabaseAlone = true,
    };

    /// <summary>The verbs of a build and of <c>dotnet db</c>, in the order of the help.</summary>
    public static IReadOnlyList<Verb> All { get; } =
    [
        Check, Revision, Approve, Discard, Eject, Rebase, Squash, Migrate, Rollback, Reset, Current, Verify, Diff, History, Heads, Show,
        Stamp, Baseline, Script,
    ];

    /// <summary>The verbs that the runner executes, for a build or where it is deployed. Their names are unique.</summary>
    public static IReadOnlyList<Verb> OfRunner { get; } =
        [.. All.Where(verb => verb.DatabaseNeed is not null), DeploymentCheck, ExpectedSchema, Schema];

    /// <summary>The verbs of a deployed runner, in the order of the help.</summary>
    public static IReadOnlyList<Verb> Deployed { get; } = [.. OfRunner.Where(verb => verb.IsDeployed)];

    /// <summary>The verb of <see cref="All"/> with a name or alias; <see langword="null"/> if there is none.</summary>
    public static Verb? Find(string word) => All.FirstOrDefault(verb => verb.Words.Contains(word));

    /// <summary>The verb of <see cref="OfRunner"/> with a name; <see langword="null"/> if there is none.</summary>
    public static Verb? FindOfRunner(string name) => OfRunner.FirstOrDefault(verb => verb.Name == name);

    /// <summary>The verb with a target; <see langword="null"/> if there is none.</summary>
    public static Verb? OfTarget(string target) => All.FirstOrDefault(verb => verb.Target == target);
}
