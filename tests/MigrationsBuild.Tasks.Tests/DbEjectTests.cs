using MigrationsBuild.Tasks.VerbTasks;

namespace MigrationsBuild.Tasks.Tests;

/// <summary>
/// SQL that was edited, and is written into the C# of its migration. The worker is a stand-in: what the C# generates is given.
/// </summary>
[TestClass]
public sealed class DbEjectTests : IDisposable
{
    private const string Generated = "CREATE TABLE b (x);\n";
    private const string Edited = "CREATE TABLE b (x, y);\n\n-- outside a transaction\nVACUUM;\n";
    private const string Code =
        """
        class B : Migration
        {
            protected override void Up(MigrationBuilder migrationBuilder)
            {
                migrationBuilder.CreateTable("b");
            }

            protected override void Down(MigrationBuilder migrationBuilder)
            {
                migrationBuilder.DropTable("b");
            }
        }

        """;

    private const string Ejected =
        """
        class B : Migration
        {
            protected override void Up(MigrationBuilder migrationBuilder)
            {
                migrationBuilder.Sql(@"CREATE TABLE b (x, y);");

                migrationBuilder.Sql(@"VACUUM;", suppressTransaction: true);
            }

            protected override void Down(MigrationBuilder migrationBuilder)
            {
                migrationBuilder.Sql(@"DROP TABLE b;");
            }
        }

        """;

    private readonly ShopProject _project = new();

    public DbEjectTests()
    {
        _project.Write(ShopProject.B, Generated, "DROP TABLE b;\n");
        _project.Build();
    }

    public void Dispose() => _project.Dispose();

    [TestMethod]
    public void The_SQL_of_a_draft_becomes_its_CSharp()
    {
        Edit();

        Assert.IsTrue(Eject(), string.Join("\n", _project.Findings));

        Assert.AreEqual(Ejected, _project.Folder.Read(ShopProject.Source(ShopProject.B)));
        Assert.EndsWith(Edited, _project.Folder.Read(ShopProject.Up(ShopProject.B)));
        Assert.Contains($"{ShopProject.B}: 2 Sql calls in Up, 1 in Down", _project.Lines);
        Assert.AreEqual(Code, _project.Folder.Read($"obj/ejected/{ShopProject.B}.cs"));
        _project.Yield(ShopProject.B, Edited);
        Assert.IsTrue(_project.Run(new DbApprove()));
        Assert.DoesNotContain("    EDITED BY HAND: the SQL file is pinned as it is; its C# does this:", _project.Lines);
        Assert.IsEmpty(_project.BuildStrict());
    }

    [TestMethod]
    public void An_approval_of_edited_SQL_remains_valid()
    {
        Edit();
        Assert.IsTrue(_project.Run(new DbApprove()));
        var approvals = _project.Folder.Read(ShopProject.Approvals);

        Assert.IsTrue(Eject(), string.Join("\n", _project.Findings));

        Assert.Contains("  The SQL is unchanged, so the approval remains valid.", _project.Lines);
        Assert.AreEqual(approvals, _project.Folder.Read(ShopProject.Approvals));
        Compiled(Edited);
        Assert.IsEmpty(_project.BuildStrict());
        Assert.IsTrue(_project.Run(new DbEject(), ("DbRev", "B")));
        Assert.Contains($"{ShopProject.B}: its C# already generates the SQL of its files.", _project.Lines);
    }

    [TestMethod]
    public void Another_layout_has_to_be_approved()
    {
        Edit(Edited.Replace("\n\n", "\n", StringComparison.Ordinal));
        Assert.IsTrue(_project.Run(new DbApprove()));

        Assert.IsTrue(Eject(), string.Join("\n", _project.Findings));

        Assert.Contains("  The empty lines of the SQL have changed.", _project.Lines);
        Assert.Contains(line => line.EndsWith($"-t:DbApprove -p:DbRev={ShopProject.B}", StringComparison.Ordinal), _project.Lines);
        Compiled(Edited);
        Assert.AreEqual("MIG1003", _project.BuildStrict().Single().Code);
    }

    [TestMethod]
    public void A_change_of_the_CSharp_isnt_lost()
    {
        Edit();
        _project.Write(ShopProject.B, "CREATE TABLE b (z);\n", "DROP TABLE b;\n");

        Refuses("MIG1032", "has changed since the SQL was generated from it");
    }

    [TestMethod]
    public void Code_that_cant_be_read_isnt_replaced()
    {
        Edit();

        Refuses("MIG1032", "Up and Down of", Code.Replace("\"b\"", "$\"b\"", StringComparison.Ordinal));
    }

    [TestMethod]
    public void SQL_that_reverts_a_migration_needs_a_method()
    {
        Edit();

        Refuses("MIG1032", "has no method Down", Code[..Code.IndexOf("\n\n", StringComparison.Ordinal)] + "\n}\n");
    }

    [TestMethod]
    public void A_header_that_isnt_ours_is_refused()
    {
        Edit();
        _project.Folder.Replace(ShopProject.Up(ShopProject.B), "-- Direction: up", "-- Direction: sideways");

        Refuses("MIG1003", "The header of this SQL");
    }

    private void Refuses(string errorCode, string why, string code = Code)
    {
        _project.Folder.Write(ShopProject.Source(ShopProject.B), code);
        var before = _project.Folder.Sources();

        Assert.IsFalse(_project.Run(new DbEject(), ("DbRev", "B")));

        Assert.AreEqual(errorCode, _project.Error.Code);
        Assert.Contains(why, _project.Error.Text);
        CollectionAssert.AreEqual(before.ToArray(), _project.Folder.Sources().ToArray());
    }

    private bool Eject()
    {
        _project.Folder.Write(ShopProject.Source(ShopProject.B), Code);
        return _project.Run(new DbEject(), ("DbRev", "B"));
    }

    private void Edit(string body = Edited) => _project.Folder.Replace(ShopProject.Up(ShopProject.B), Generated, body);

    /// <summary>The next build compiles the C# as it was written.</summary>
    private void Compiled(string up) => _project.Yield(ShopProject.B, up);
}
