using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace MigrationsBuild.Worker.Tests.Sql;

/// <summary>A migration with SQL that no runner can run has no SQL file, and the reason names the statement.</summary>
[TestClass]
public class RefusedSqlTests
{
    [TestMethod]
    [DataRow(Commit.Id, "COMMIT would end the transaction")]
    [DataRow(PsqlCommand.Id, "backslash")]
    [DataRow(CopyFromStdin.Id, "\"COPY t FROM STDIN\": ")]
    [DataRow(CommitInDown.Id, "Down(): line 1 of the command, \"COMMIT\": ")]
    public void SQL_that_no_runner_can_run_is_refused_with_the_reason(string id, string reason)
    {
        using var context = new ModelContext(Provider.PostgreSql, _ => { });

        var emission = new SqlEmitter(context).Emit(id, previousId: null, isDoubtful: _ => false);

        Assert.IsNull(emission.Up);
        Assert.IsNull(emission.Down);
        Assert.Contains(reason, emission.Reason!);
    }

    [DbContext(typeof(ModelContext))]
    [Migration(Id)]
    private sealed class Commit : Migration
    {
        public const string Id = "20260201000000_Commit";

        protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("COMMIT;");
    }

    [DbContext(typeof(ModelContext))]
    [Migration(Id)]
    private sealed class PsqlCommand : Migration
    {
        public const string Id = "20260202000000_PsqlCommand";

        protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(@"\set x 1");
    }

    [DbContext(typeof(ModelContext))]
    [Migration(Id)]
    private sealed class CopyFromStdin : Migration
    {
        public const string Id = "20260203000000_CopyFromStdin";

        protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("COPY t FROM STDIN;");
    }

    [DbContext(typeof(ModelContext))]
    [Migration(Id)]
    private sealed class CommitInDown : Migration
    {
        public const string Id = "20260204000000_CommitInDown";

        protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("SELECT 1;");

        protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("COMMIT;");
    }
}
