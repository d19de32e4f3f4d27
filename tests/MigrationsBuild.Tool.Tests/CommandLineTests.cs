using MigrationsBuild.Diagnostics;
using MigrationsBuild.Testing;
using MigrationsBuild.Tool.Calls;
using MigrationsBuild.Tool.Commands;

namespace MigrationsBuild.Tool.Tests;

/// <summary>Command lines and the target and properties that they come to.</summary>
[TestClass]
public class CommandLineTests
{
    [TestMethod]
    [DataRow("check", "DbCheck")]
    [DataRow("check -v", "DbCheck DbVerbose=true")]
    [DataRow("revision -m msg", "DbRevision Msg=msg")]
    [DataRow("revision --autogenerate -m msg", "DbRevision Msg=msg")]
    [DataRow("revision --message=msg --empty", "DbRevision Msg=msg DbEmpty=true")]
    [DataRow("revision --amend", "DbRevision DbAmend=true")]
    [DataRow("approve", "DbApprove")]
    [DataRow("approve First Second", "DbApprove DbRev=First,Second")]
    [DataRow("discard", "DbDiscard")]
    [DataRow("migrate", "DbMigrate")]
    [DataRow("migrate +1", "DbMigrate DbTo=+1")]
    [DataRow("migrate AddUsers+1 --dry-run", "DbMigrate DbTo=AddUsers+1 DbDryRun=true")]
    [DataRow("migrate --force shop", "DbMigrate DbForce=shop")]
    [DataRow("upgrade head", "DbMigrate DbTo=head")]
    [DataRow("upgrade a:b --sql", "DbScript DbRev=a:b")]
    [DataRow("upgrade head --sql", "DbScript DbRev=base:head")]
    [DataRow("upgrade --sql", "DbScript DbRev=base:head")]
    [DataRow("upgrade a:b", "DbMigrate DbTo=a:b")]
    [DataRow("rollback", "DbRollback")]
    [DataRow("rollback -1 --accept-loss Users.Avatar,Orders", "DbRollback DbTo=-1 DbAcceptLoss=Users.Avatar,Orders")]
    [DataRow("rollback AddUsers --accept-sql 5d0c4f2d9b1e", "DbRollback DbTo=AddUsers DbAcceptSql=5d0c4f2d9b1e")]
    [DataRow("downgrade -1", "DbRollback DbTo=-1")]
    [DataRow("downgrade -2 --dry-run", "DbRollback DbTo=-2 DbDryRun=true")]
    [DataRow("downgrade base", "DbRollback DbTo=base")]
    [DataRow("downgrade -- -1", "DbRollback DbTo=-1")]
    [DataRow("downgrade b:a --sql", "DbScript DbRev=b:a")]
    [DataRow("reset", "DbReset")]
    [DataRow("reset --force shop", "DbReset DbForce=shop")]
    [DataRow("current", "DbCurrent")]
    [DataRow("current --check-heads", "DbCurrent DbCheckHeads=true")]
    [DataRow("history", "DbHistory")]
    [DataRow("history a:b", "DbHistory DbRev=a:b")]
    [DataRow("history -r a:b", "DbHistory DbRev=a:b")]
    [DataRow("history -r -3:current", "DbHistory DbRev=-3:current")]
    [DataRow("history -r-3:current", "DbHistory DbRev=-3:current")]
    [DataRow("history --rev-range=:b -i", "DbHistory DbRev=:b")]
    [DataRow("history --indicate-current -v", "DbHistory DbVerbose=true")]
    [DataRow("heads", "DbHeads")]
    [DataRow("show current", "DbShow DbRev=current")]
    [DataRow("show -1", "DbShow DbRev=-1")]
    [DataRow("stamp head", "DbStamp DbRev=head")]
    [DataRow("stamp --purge a b", "DbStamp DbRev=a,b DbPurge=true")]
    [DataRow("script", "DbScript")]
    [DataRow("script -3:current -i -o x.sql", "DbScript DbRev=-3:current DbIdempotent=true DbSqlFile=x.sql")]
    [DataRow("migrate --context Shop -f net8.0", "DbMigrate DbContextName=Shop DbTargetFramework=net8.0")]
    [DataRow("migrate -p:A=1 --property B=x=y -p C=-p:D=2", "DbMigrate A=1 B=x=y C=-p:D=2")]
    [DataRow("migrate AddUsers -- --provider PostgreSQL", "DbMigrate DbTo=AddUsers DbArguments=--provider PostgreSQL")]
    [DataRow("check -v -- -v -- -1", "DbCheck DbVerbose=true DbArguments=-v -- -1")]
    [DataRow("current --", "DbCurrent")]
    [DataRow("upgrade a:b --sql -- x", "DbScript DbRev=a:b DbArguments=x")]
    [DataRow("revision -m -- --empty -- --empty", "DbRevision Msg=-- DbEmpty=true DbArguments=--empty")]
    public void A_command_line_is_a_target_with_properties(string line, string expected)
    {
        var call = Read(line.Split(' '));

        var properties = call.Properties.Select(property => $"{property.Key}={property.Value}");
        Assert.AreEqual(expected, string.Join(" ", properties.Prepend(call.Verb.Target)));
    }

    /// <summary>The shorter form is for people: a program gets all there is.</summary>
    [TestMethod]
    [DataRow("approve --json", "true")]
    [DataRow("approve --verbose", "true")]
    [DataRow("approve", "")]
    [DataRow("migrate --json", "")]
    public void An_approval_as_JSON_is_complete(string line, string verbose)
    {
        var values = Read(line.Split(' ')).Properties.Where(property => property.Key == "DbVerbose").Select(property => property.Value);

        Assert.AreEqual(verbose, values.SingleOrDefault(""));
    }

    [TestMethod]
    public void Common_options_can_be_before_and_after_the_verb()
    {
        var call = Read(["--json", "migrate", "--project", "a b.csproj", "-c", "Release", "--no-build", "--no-restore", "-q", "-v"]);

        Assert.AreEqual(
            ("a b.csproj", "Release", true, true, true, true, true),
            (call.Project, call.Configuration, call.NoBuild, call.NoRestore, call.Json, call.Quiet, call.Verbose));
    }

    [TestMethod]
    public void The_start_up_project_is_a_file_or_the_one_in_a_folder()
    {
        using var folder = new TestFolder();
        folder.Write("Web/Web.csproj", "<Project />");

        foreach (var option in new[] { "-s", "--startup-project" })
        {
            foreach (var named in new[] { "Web", "Web/Web.csproj" })
            {
                var call = Read(["migrate", option, folder[named]]);
                Assert.AreEqual(folder["Web/Web.csproj"], call.Properties.Single(property => property.Key == "DbStartupProject").Value);
            }
        }

        var failure = Assert.ThrowsExactly<MigrationsException>(() => Read(["migrate", "-s", folder["Nowhere"]]));
        Assert.Contains("Name a project: --startup-project <path>", failure.Message);
    }

    [TestMethod]
    [DataRow("", "Name a verb: check, revision,")]
    [DataRow("chekc", "There is no verb 'chekc'. Did you mean: dotnet db check")]
    [DataRow("upgarde head", "There is no verb 'upgarde'. Did you mean: dotnet db upgrade")]
    [DataRow("xyzzy", "There is no verb 'xyzzy'. Run: dotnet db --help")]
    [DataRow("--jsn current", "current has no option --jsn. Did you mean --json?")]
    [DataRow("migrate --dryrun", "migrate has no option --dryrun. Did you mean --dry-run?")]
    [DataRow("current --projct x", "current has no option --projct. Did you mean --project?")]
    [DataRow("current --xyzzyxyzzy", "current has no option --xyzzyxyzzy. Run: dotnet db current --help")]
    [DataRow("migrate -x", "migrate has no option -x.")]
    [DataRow("check migrate", "Two verbs in one call: check and migrate.")]
    [DataRow("migrate history", "Two verbs in one call: migrate and history.")]
    [DataRow("rollback base check", "Two verbs in one call: rollback and check.")]
    [DataRow("current x", "current has no argument for 'x'.")]
    [DataRow("migrate a b", "migrate has no argument for 'b'.")]
    [DataRow("show", "show needs a revision, such as: dotnet db show head.")]
    [DataRow("stamp", "stamp needs a revision, such as: dotnet db stamp head.")]
    [DataRow("downgrade -1 --sql", "downgrade with --sql requires <fromrev>:<torev>")]
    [DataRow("upgrade a:b --sql --force shop", "migrate with --sql doesn't use --force.")]
    [DataRow("upgrade --sql --dry-run", "migrate with --sql doesn't use --dry-run.")]
    [DataRow("downgrade b:a --sql --accept-sql 5d0c4f2d9b1e", "rollback with --sql doesn't use --accept-sql.")]
    [DataRow("revision --autogenerate --empty", "revision with --empty doesn't use --autogenerate.")]
    [DataRow("history a:b -r c:d", "history has two values for its range: a:b, and that of --rev-range. Remove one of them.")]
    [DataRow("history --check-heads", "history has no option --check-heads.")]
    [DataRow("migrate -p:1", "--property needs a name and a value, and '1' is neither.")]
    [DataRow("merge heads", "dotnet db has no verb merge. Migrations have one order")]
    [DataRow("branches", "dotnet db has no verb branches.")]
    [DataRow("edit head", "dotnet db has no verb edit.")]
    [DataRow("init folder", "init has no argument for 'folder'.")]
    [DataRow("ensure_version", "dotnet db has no verb ensure_version.")]
    [DataRow("list-templates", "dotnet db has no verb list-templates.")]
    public void An_invalid_command_line_gets_a_suggestion(string line, string expected)
    {
        var failure = Assert.ThrowsExactly<MigrationsException>(() => Read(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)));

        Assert.AreEqual("MIG4011", failure.Diagnostic.Code.Id);
        Assert.StartsWith(expected, failure.Message);
    }

    [TestMethod]
    public void Arguments_of_the_application_are_quoted_as_the_setting_wants_them()
    {
        var value = Read(["check", "--", "two words", "a\"b", "", "%3B;$(x)"]).Properties.Single().Value;

        Assert.AreEqual("\"two words\" \"a\\\"b\" \"\" %3B;$(x)", value);
    }

    [TestMethod]
    [DataRow("-p:Evil=1")]
    [DataRow("--amend")]
    [DataRow("@file")]
    [DataRow("a b")]
    [DataRow("")]
    [DataRow("=x:y")]
    [DataRow("line\r\nline")]
    [DataRow("'\"\\")]
    [DataRow("[suggest]")]
    public void A_message_may_be_anything(string message)
    {
        string[][] calls = [["revision", "-m", message], ["revision", "--message", message], ["revision", "--message=" + message]];
        foreach (var arguments in calls)
            Assert.AreEqual(message, Read(arguments).Properties.Single(property => property.Key == "Msg").Value);
    }

    internal static VerbCall Read(string[] arguments)
    {
        var grammar = new Grammar();
        return new CommandLineReader(grammar).Read(grammar.Parse(arguments));
    }
}
