using MigrationsBuild.Contexts;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Sql;

namespace MigrationsBuild.Database.Tests;

/// <summary>Databases that the runner doesn't support: a script in their own dialect.</summary>
[TestClass]
public class OtherProviderScriptTests
{
    private const string A = "20260101000000_A";
    private const string B = "20260102000000_B";

    private static readonly ScriptForm _sqlServer = new(
        "BEGIN TRANSACTION;", "COMMIT;", "GO",
        "INSERT INTO [History] VALUES (N'{id}', N'{version}');", "DELETE FROM [History] WHERE [Id] = N'{id}';");

    private static readonly ScriptForm _mySql = new(
        "START TRANSACTION;", "COMMIT;", "",
        "INSERT INTO `History` VALUES ('{id}', '{version}');", "DELETE FROM `History` WHERE `Id` = '{id}';");

    [TestMethod]
    public void A_script_for_SQL_Server_consists_of_batches()
    {
        using var set = Set(_sqlServer).Add(
            B,
            "CREATE VIEW [V] AS SELECT 1\nGO\n\n"
            + "-- outside a transaction\nALTER DATABASE CURRENT SET RECOVERY SIMPLE;\nGO\n\nALTER TABLE [A] ADD [B] int;\nGO\n",
            "DROP VIEW [V];\nGO\n");

        var up = Script(set, "A:head");

        Assert.Contains("-- Run by: sqlcmd -b -I -x -i", up);
        Assert.EndsWith(
            $"-- {B}\nBEGIN TRANSACTION;\nGO\nCREATE VIEW [V] AS SELECT 1\nGO\nCOMMIT;\nGO\n"
            + "ALTER DATABASE CURRENT SET RECOVERY SIMPLE;\nGO\n"
            + "BEGIN TRANSACTION;\nGO\nALTER TABLE [A] ADD [B] int;\nGO\n"
            + $"INSERT INTO [History] VALUES (N'{B}', N'10.0.14');\nGO\nCOMMIT;\nGO",
            up);
        Assert.EndsWith(
            $"BEGIN TRANSACTION;\nGO\nDROP VIEW [V];\nGO\nDELETE FROM [History] WHERE [Id] = N'{B}';\nGO\nCOMMIT;\nGO",
            Script(set, "head:A"));
    }

    [TestMethod]
    public void A_script_for_a_database_without_batches_has_statements_in_its_own_words()
    {
        using var set = Set(_mySql, "MySql.EntityFrameworkCore").Add(A, "CREATE TABLE `A` (`Id` int);\n", null);

        var script = Script(set, "base:head");

        Assert.Contains("-- Run by: the database's own tool, such that it ends at the first error", script);
        Assert.EndsWith(
            $"START TRANSACTION;\nCREATE TABLE `A` (`Id` int);\nINSERT INTO `History` VALUES ('{A}', '10.0.14');\nCOMMIT;", script);
    }

    [TestMethod]
    public void An_idempotent_script_names_the_range_instead()
    {
        using var set = Set(_sqlServer).Add(A, "SELECT 1;\nGO\n", null);

        var error = set.Run("script", request => request with { Idempotent = true }).FailsWith(DiagnosticCodes.InvalidSetting);

        Assert.Contains("-p:DbRev=<migration>:head", error.Message);
    }

    private static MigrationSet Set(ScriptForm form, string? provider = null) => new MigrationSet(SqlDialect.Other)
    {
        CustomHistory = table => table with { Form = form, CreateScript = "CREATE TABLE History;" },
        OtherProvider = provider ?? SqlDialects.SqlServerProvider,
    }.Add(A, "CREATE TABLE [A] ([Id] int);\nGO\n", null);

    private static string Script(MigrationSet set, string range) => string.Join("\n", set.Run("script", to: range).Succeeds().Lines);
}
