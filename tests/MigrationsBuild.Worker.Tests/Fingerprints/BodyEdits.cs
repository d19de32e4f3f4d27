using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static MigrationsBuild.Worker.Tests.Fingerprints.RandomEdit;

namespace MigrationsBuild.Worker.Tests.Fingerprints;

/// <summary>Edits of the bodies of methods, accessors and lambdas.</summary>
internal static class BodyEdits
{
    private static readonly string[] _statements =
    [
        "System.Console.WriteLine(\"edit {0}\");",
        "var edited{0} = {0};",
        "foreach (var item{0} in new[] {{ 1, {0}, 3, 4, 5 }}) System.GC.KeepAlive(item{0});",
        "System.Func<int, int> twice{0} = x{0} => x{0} * {0};",
        "int Local{0}(int x) => x + {0};",
        "var rows{0} = System.Linq.Enumerable.Range(0, {0}).Select(i{0} => new {{ Row = i{0}, Name = \"row\" }}).ToList();",
        "if (System.Environment.TickCount64 < 0) throw new System.InvalidOperationException(\"edit {0}\");",
        "using (var stream{0} = new System.IO.MemoryStream()) stream{0}.WriteByte(1);",
        "switch (System.Environment.MachineName) {{ case \"a{0}\": case \"b\": case \"c\": case \"d\": case \"e\": case \"f\": case \"g\": "
            + "System.GC.Collect(); break; }}",
        "for (var i{0} = 0; i{0} < 2; i{0}++) {{ var captured = i{0}; System.Action act = () => System.GC.KeepAlive(captured); act(); }}",
        "lock (typeof(string)) {{ System.GC.KeepAlive({0}); }}",
        "System.ReadOnlySpan<int> numbers{0} = [1, 2, {0}];",
        "var text{0} = $\"{{System.DateTime.UtcNow:O}} {0}\";",
    ];

    public static RandomEdit? ChangeLiteral(SyntaxNode root, Random random) => Replace<LiteralExpressionSyntax>(root, random, literal =>
        literal.Kind() switch
        {
            SyntaxKind.StringLiteralExpression => SyntaxFactory.ParseExpression(literal.Token.Text[..^1] + "x\"").WithTriviaFrom(literal),
            SyntaxKind.NumericLiteralExpression when literal.Token.Value is int number =>
                Expression((number + random.Next(1, 4)).ToString(CultureInfo.InvariantCulture), literal),
            SyntaxKind.NumericLiteralExpression when literal.Token.Value is decimal => Expression("0.125m", literal),
            SyntaxKind.TrueLiteralExpression => Expression("false", literal),
            SyntaxKind.FalseLiteralExpression => Expression("true", literal),
            SyntaxKind.CharacterLiteralExpression => Expression("'#'", literal),
            _ => null,
        });

    public static RandomEdit? AddStatement(SyntaxNode root, Random random) => Replace<BlockSyntax>(root, random, block =>
        block.WithStatements(block.Statements.Insert(random.Next(block.Statements.Count + 1), Statement(random))));

    public static RandomEdit? RemoveStatement(SyntaxNode root, Random random) => Replace<BlockSyntax>(root, random, block =>
        block.Statements.Count == 0 ? null : block.WithStatements(block.Statements.RemoveAt(random.Next(block.Statements.Count))));

    public static RandomEdit? RepeatStatement(SyntaxNode root, Random random) => Replace<BlockSyntax>(root, random, block =>
    {
        if (block.Statements.Count == 0)
            return null;
        var index = random.Next(block.Statements.Count);
        return block.WithStatements(block.Statements.Insert(index, block.Statements[index]));
    });

    public static RandomEdit? NegateCondition(SyntaxNode root, Random random) => Replace<IfStatementSyntax>(root, random, statement =>
        statement.WithCondition(Expression($"!({statement.Condition})", statement.Condition)));

    public static RandomEdit? ChangeOperator(SyntaxNode root, Random random) => Replace<BinaryExpressionSyntax>(root, random, binary =>
    {
        var other = binary.OperatorToken.Text switch
        {
            "+" => "-",
            "-" => "+",
            "*" => "+",
            "==" => "!=",
            "!=" => "==",
            "<" => "<=",
            ">" => ">=",
            ">=" => ">",
            "&&" => "||",
            "||" => "&&",
            _ => "",
        };
        return other.Length == 0 ? null : Expression($"{binary.Left} {other} {binary.Right}", binary);
    });

    public static RandomEdit? WrapInTry(SyntaxNode root, Random random) => Replace<ExpressionStatementSyntax>(root, random, statement =>
        SyntaxFactory.ParseStatement($"try {{ {statement.ToFullString()} }} finally {{ System.GC.KeepAlive(\"edit\"); }}\n"));

    public static RandomEdit? CaptureInLambda(SyntaxNode root, Random random) => Replace<ArgumentSyntax>(root, random, argument =>
        argument.RefKindKeyword.IsKind(SyntaxKind.None)
            ? argument.WithExpression(Expression(
                $"new System.Func<object?, object>(_ => {argument.Expression})(null).ToString()!", argument.Expression))
            : null);

    public static RandomEdit? AddComment(SyntaxNode root, Random random)
    {
        var lines = string.Concat(Enumerable.Repeat("// edited\n\n", random.Next(1, 4)));
        var trivia = SyntaxFactory.ParseLeadingTrivia(lines).AddRange(root.GetLeadingTrivia());
        return new RandomEdit("", root.WithLeadingTrivia(trivia), new(0, 0));
    }

    private static StatementSyntax Statement(Random random) => SyntaxFactory.ParseStatement(
        string.Format(CultureInfo.InvariantCulture, _statements[random.Next(_statements.Length)], random.Next(2, 1000)) + "\n");

    private static ExpressionSyntax Expression(string text, SyntaxNode old) => SyntaxFactory.ParseExpression(text).WithTriviaFrom(old);
}
