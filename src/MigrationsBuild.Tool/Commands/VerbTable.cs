namespace MigrationsBuild.Tool.Commands;

/// <summary>
/// Verb, aliases, options, target and properties, all in one place: parsing, help, completion and suggestions read it, and a test
/// compares it with the targets and with the README.
/// </summary>
public static class VerbTable
{
    private static readonly VerbOption _dryRun = new("--dry-run", "DbDryRun", "Show the SQL and run nothing") { ExcludedBy = "--sql" };
    private static readonly VerbOption _force = new("--force", "DbForce", "Do it on this database though it isn't known as a development database") { Value = "database", ExcludedBy = "--sql" };

    private static readonly VerbOption _acceptSql =
        new("--accept-sql", "DbAcceptSql", "Accept the SQL of this hash, which a run that needs the option names") { Value = "hash", ExcludedBy = "--sql" };

    /// <summary>The option by which Alembic's <c>upgrade</c> and <c>downgrade</c> print SQL instead of running it; here that is <c>script</c>.</summary>
    public static VerbOption Offline { get; } = new("--sql", "", "Print the SQL of a range and run nothing: the verb `script`");

    /// <summary>The verb that <see cref="Offline"/> turns a verb into.</summary>
    public static Verb Script { get; } = new("script", "DbScript", "Write the SQL of a range of migrations, up or down")
    {
        Argument = new("range", "DbRev", "From one revision to another: base:head, AddUsers:, head:-1. Without it, all"),
        Options =
        [
            new("--idempotent", "DbIdempotent", "SQL that skips what a database has already") { Aliases = ["-i"] },
            new("--output", "DbSqlFile", "The file to write") { Aliases = ["-o"], Value = "file" },
        ],
        Examples = ["script > all.sql", "script AddUsers:head -o release.sql", "script head:base", "script --idempotent"],
    };

    /// <summary>All verbs that start a target, in the order of the help.</summary>
    public static IReadOnlyList<Verb> All { get; } =
    [
        new("check", "DbCheck", "Check drift and approvals in full; exit code 3 if there is a finding")
        {
            VerboseProperty = "DbVerbose",
            TakesSolution = true,
            LooksForDrift = true,
            Examples = ["check", "check --verbose", "check --project Shop.sln --json"],
        },
        new("revision", "DbRevision", "Draft a migration from what the model has and no migration says")
        {
            Options =
            [
                new("--message", "Msg", "What the migration does; its name comes from it") { Aliases = ["-m"], Value = "text" },
                new("--autogenerate", "", "What it does anyway, unless --empty is given") { ExcludedBy = "--empty" },
                new("--empty", "DbEmpty", "A migration to write by hand"),
                new("--amend", "DbAmend", "Make the newest draft anew"),
            ],
            Examples = ["revision -m \"add user avatar\"", "revision --autogenerate -m \"add user avatar\"", "revision --empty -m \"fill prices\"", "revision --amend"],
        },
        new("approve", "DbApprove", "Pin the SQL of drafts; adopt a project")
        {
            VerboseProperty = "DbVerbose",
            IsVerboseAsJson = true,
            Argument = new("id", "DbRev", "Migrations to approve anew: edited or in another order") { AtMost = 1000 },
            Examples = ["approve", "approve AddUserAvatar"],
        },
        new("discard", "DbDiscard", "Remove the newest draft and restore the snapshot") { Examples = ["discard"] },
        new("migrate", "DbMigrate", "Apply pending migrations")
        {
            VerboseProperty = "DbVerbose",
            Aliases = ["upgrade"],
            Argument = new("revision", "DbTo", "The last one to apply; without it, all"),
            Options = [_dryRun, _force, _acceptSql, Offline],
            Examples = ["migrate", "migrate AddUsers", "migrate +1", "migrate --dry-run", "upgrade head", "upgrade AddUsers:head --sql"],
        },
        new("rollback", "DbRollback", "Revert applied migrations")
        {
            VerboseProperty = "DbVerbose",
            Aliases = ["downgrade"],
            Argument = new("revision", "DbTo", "Where to go back to; on a development database without it, by one"),
            Options = [_dryRun, _force, _acceptSql, Offline],
            Examples =
            [
                "rollback -1", "rollback AddUsers", "rollback base", "rollback AddUsers --accept-sql 5d0c4f2d9b1e", "downgrade -1",
                "downgrade head:-1 --sql",
            ],
        },
        new("reset", "DbReset", "Drop the database, create it and migrate it")
        {
            VerboseProperty = "DbVerbose",
            Options = [_dryRun, _force],
            Examples = ["reset", "reset --force shop_test"],
        },
        new("current", "DbCurrent", "The newest applied migration")
        {
            VerboseProperty = "DbVerbose",
            TakesSolution = true,
            Options = [new("--check-heads", "DbCheckHeads", "Fail if the database is not at the newest migration")],
            Examples = ["current", "current --check-heads", "current --json", "current --project Shop.sln"],
        },
        new("history", "DbHistory", "All migrations, newest first, with what is applied")
        {
            VerboseProperty = "DbVerbose",
            Options =
            [
                new("--rev-range", "DbRev", "A part of them: AddUsers:head, -3:current") { Aliases = ["-r"], Value = "range" },
                new("--indicate-current", "", "What it does anyway") { Aliases = ["-i"] },
            ],
            Examples = ["history", "history --verbose", "history -r-3:current", "history --indicate-current"],
        },
        new("heads", "DbHeads", "The newest migration of the build") { VerboseProperty = "DbVerbose", Examples = ["heads"] },
        new("show", "DbShow", "One migration: its files, its SQL, what is known of it")
        {
            Argument = new("revision", "DbRev", "Which one") { AtLeast = 1 },
            Examples = ["show head", "show AddUsers"],
        },
        new("stamp", "DbStamp", "Write into the history where the database is, and run nothing")
        {
            VerboseProperty = "DbVerbose",
            Argument = new("revision", "DbRev", "Where it is") { AtLeast = 1, AtMost = 1000 },
            Options = [new("--purge", "DbPurge", "Take everything of this context out of the history first"), _force],
            Examples = ["stamp head", "stamp --purge AddUsers"],
        },
        Script,
    ];

    /// <summary>Alembic's verbs that have no counterpart, and why none is needed.</summary>
    public static IReadOnlyDictionary<string, string> NotNeeded { get; } = new Dictionary<string, string>
    {
        ["merge"] = "Migrations have one order, so there are no heads to merge. After two branches were merged, `dotnet db approve <id>` puts the later one behind the other.",
        ["branches"] = "Migrations have one order, so there are no branches. `dotnet db history` lists them.",
        ["edit"] = "A migration is a file like any other; `dotnet db show <revision>` says where it is. Edit it, then: dotnet db approve <id>",
        ["init"] = "There is nothing to set up: `dotnet add package MigrationsBuild` in the project of the DbContext is all.",
        ["ensure_version"] = "The history table is made when the first migration is applied, or by: dotnet db stamp base",
        ["list_templates"] = "There are no templates: EF Core writes the C# of a migration.",
    };

    /// <summary>The verb of that name or alias.</summary>
    /// <param name="word">The word.</param>
    public static Verb? Find(string word) => All.FirstOrDefault(verb => verb.Words.Contains(word));
}
