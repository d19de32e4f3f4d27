using MigrationsBuild.Designers;

namespace MigrationsBuild.Core.Tests.Designers;

/// <summary>The C# of a migration as statements, and statements by hand in a migration that is drafted again.</summary>
[TestClass]
public class RebasedStatementsTests
{
    private const string Code =
        """"
        public partial class AddAvatar : Migration
        {
            /// <inheritdoc />
            protected override void Up(MigrationBuilder migrationBuilder)
            {
                migrationBuilder.AddColumn<string>(
                    name: "Avatar; }",
                    table: "Users");

                // A comment; with a semicolon }
                migrationBuilder.Sql(@"UPDATE ""Users"" SET x = '}';");
                foreach (var name in new[] { "a;", "b" })
                {
                    migrationBuilder.Sql(name);
                }

                if (true) { Fill(migrationBuilder); } else { }
                /* ; */ var raw = """{ ;"; """;
            }

            /// <inheritdoc />
            protected override void Down(MigrationBuilder migrationBuilder)
            {
            }
        }

        """";

    [TestMethod]
    public void Statements_end_outside_of_literals_comments_and_blocks()
    {
        var code = MigrationCode.Parse(Code)!;

        CollectionAssert.AreEqual(
            new[]
            {
                "migrationBuilder.AddColumn<string>( name: \"Avatar; }\", table: \"Users\");",
                "migrationBuilder.Sql(@\"UPDATE \"\"Users\"\" SET x = '}';\");",
                "foreach (var name in new[] { \"a;\", \"b\" }) { migrationBuilder.Sql(name); }",
                "if (true) { Fill(migrationBuilder); } else { }",
                "/* ; */ var raw = \"\"\"{ ;\"; \"\"\";",
            },
            code.Up.Select(MigrationCode.Normalize).ToArray());
        Assert.IsEmpty(code.Down);
    }

    [TestMethod]
    [DataRow("\n")]
    [DataRow("\r\n")]
    public void A_text_with_the_same_statements_is_the_same_but_for_empty_lines(string lineEnd)
    {
        var text = Code.ReplaceLineEndings(lineEnd);
        var code = MigrationCode.Parse(text)!;

        var again = code.With(code.Up, code.Down);

        Assert.AreEqual(Lines(text), Lines(again));
        static string Lines(string text) => string.Join(
            "\n", text.Split('\n').Select(line => line.TrimEnd()).Where(line => line.Length > 0));
    }

    [TestMethod]
    [DataRow("\n")]
    [DataRow("\r\n")]
    public void Statements_are_replaced_by_SQL_and_comments_are_kept(string lineEnd)
    {
        var code = MigrationCode.Parse(Code.Replace("Up(MigrationBuilder migrationBuilder)", "Up(MigrationBuilder builder)")
            .ReplaceLineEndings(lineEnd))!;

        var again = code.WithSql(
            [new("UPDATE \"Users\"\nSET x = 1;", OutsideTransaction: false), new("VACUUM;", OutsideTransaction: true)],
            [new("SELECT 1;", OutsideTransaction: false)]);

        Assert.AreEqual(
            """"
            public partial class AddAvatar : Migration
            {
                /// <inheritdoc />
                protected override void Up(MigrationBuilder builder)
                {
                    // A comment; with a semicolon }
                    builder.Sql(@"UPDATE ""Users""
            SET x = 1;");

                    builder.Sql(@"VACUUM;", suppressTransaction: true);
                }

                /// <inheritdoc />
                protected override void Down(MigrationBuilder migrationBuilder)
                {
                    migrationBuilder.Sql(@"SELECT 1;");
                }
            }

            """".ReplaceLineEndings(lineEnd),
            again);
    }

    [TestMethod]
    public void Statements_of_Down_are_kept_if_there_is_no_SQL_for_it()
    {
        const string Code = "class M { override void Up(MigrationBuilder b) { } override void Down(MigrationBuilder b) { throw x; } }";

        Assert.Contains("throw x;", MigrationCode.Parse(Code)!.WithSql([new("SELECT 1;", OutsideTransaction: false)], null));
    }

    [TestMethod]
    [DataRow("migrationBuilder.Sql($\"{1}\");")]
    [DataRow("#if DEBUG\nmigrationBuilder.Sql(\"\");\n#endif")]
    public void Code_that_isnt_read_is_no_statement(string statement) =>
        Assert.IsNull(MigrationCode.Parse($"class M {{ override void Up(MigrationBuilder migrationBuilder) {{ {statement} }} }}"));

    [TestMethod]
    [DataRow("A();hand1;B();hand2", "A();B()", "A();hand1;B();hand2", "", "", DisplayName = "Each keeps its place")]
    [DataRow("hand1;A();hand2;hand3", "A();B()", "hand1;A();hand2;hand3;B()", "", "B()")]
    [DataRow("A();hand1;B()", "C();B()", "hand1;C();B()", "A()", "C()", DisplayName = "What it followed is gone")]
    [DataRow("A();hand1", "", "hand1", "A()", "")]
    [DataRow("A()", "A()", "A()", "", "")]
    [DataRow("Sql(1);A()", "A();Sql(1)", "A();Sql(1)", "", "", DisplayName = "It is generated as well")]
    [DataRow("hand1;A();hand1", "A()", "hand1;A();hand1", "", "", DisplayName = "Twice the same")]
    [DataRow("A();hand1;B();hand2", "B();A()", "B();A();hand1;hand2", "", "", DisplayName = "Another order of the generated ones")]
    [DataRow("CreateTrigger(1);InsertData(1)", "A()", "CreateTrigger(1);InsertData(1);A()", "", "A()", DisplayName = "Methods of others")]
    [DataRow("InsertData(1)", "InsertData(2)", "InsertData(2)", "InsertData(1)", "InsertData(2)", DisplayName = "Seed data")]
    public void Statements_by_hand_are_inserted(string before, string generated, string all, string dropped, string added)
    {
        var statements = new RebasedStatements(Statements(before), Statements(generated));

        Assert.AreEqual(all, Text(statements.All));
        Assert.HasCount(statements.All.Count - generated.Split(';', StringSplitOptions.RemoveEmptyEntries).Length, statements.Kept);
        Assert.AreEqual(dropped, Text(statements.Dropped));
        Assert.AreEqual(added, Text(statements.Added));
    }

    private static string[] Statements(string text) =>
    [
        .. text.Split(';', StringSplitOptions.RemoveEmptyEntries)
            .Select(name => name.EndsWith(')') ? $"migrationBuilder.{Named(name)};" : $"// By hand.\nmigrationBuilder.Sql(\"{name}\");"),
    ];

    /// <summary>A and the like are operations of EF Core.</summary>
    private static string Named(string name) => name.Length == 3 ? $"AddColumn({name[0]})" : name;

    private static string Text(IEnumerable<string> statements) => string.Join(";", statements.Select(statement => statement
        .Replace("// By hand.\nmigrationBuilder.Sql(\"", "", StringComparison.Ordinal).Replace("\");", "", StringComparison.Ordinal)
        .Replace("migrationBuilder.", "", StringComparison.Ordinal)
        .Replace("AddColumn(A)", "A()", StringComparison.Ordinal).Replace("AddColumn(B)", "B()", StringComparison.Ordinal)
        .Replace("AddColumn(C)", "C()", StringComparison.Ordinal).Replace(");", ")", StringComparison.Ordinal)));
}
