using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static MigrationsBuild.Worker.Tests.Fingerprints.RandomEdit;

namespace MigrationsBuild.Worker.Tests.Fingerprints;

/// <summary>Edits of types and members.</summary>
internal static class DeclarationEdits
{
    private static readonly string[] _methods =
    [
        "private static int Added{0}(int x) => x * {0};",
        "internal string Added{0}() {{ var x = {0}; System.Func<int> f = () => x; return f().ToString(); }}",
        "public static System.Collections.Generic.IEnumerable<int> Added{0}() {{ yield return {0}; }}",
        "internal static async System.Threading.Tasks.Task<int> Added{0}() {{ await System.Threading.Tasks.Task.Yield(); return {0}; }}",
        "public override string ToString() => \"{0}\";",
    ];

    private static readonly string[] _properties =
    [
        "public int Added{0} {{ get; set; }}",
        "public string? Added{0} {{ get; set; }} = \"{0}\";",
        "internal int Added{0} => {0};",
        "public static string Added{0} {{ get; }} = \"{0}\";",
    ];

    private static readonly string[] _fields =
    [
        "private readonly int _added{0} = {0};",
        "internal const string Added{0} = \"{0}\";",
        "private static readonly int[] _added{0} = [1, 2, 3, {0}];",
    ];

    private static readonly string[] _types =
    [
        "internal sealed class Added{0} {{ public int Id {{ get; set; }} }}",
        "public record Added{0}(int Id, string Name);",
        "public enum Added{0} {{ One, Two = {0} }}",
        "internal interface IAdded{0} {{ int Value => {0}; }}",
        "internal static class Added{0} {{ public static string Name => new {{ A = {0}, B = \"x\" }}.ToString()!; "
            + "static Added{0}() {{ }} }}",
    ];

    private static readonly string[] _attributes =
    [
        "System.ComponentModel.DataAnnotations.MaxLength({0})", "System.ComponentModel.DataAnnotations.Required",
        "System.ComponentModel.DataAnnotations.Schema.Column(\"c{0}\")", "System.ComponentModel.Description(\"{0}\")",
        "System.ComponentModel.DataAnnotations.Schema.NotMapped",
    ];

    public static RandomEdit? AddMethod(SyntaxNode root, Random random) => AddMember(root, random, _methods);

    public static RandomEdit? AddProperty(SyntaxNode root, Random random) => AddMember(root, random, _properties);

    public static RandomEdit? AddField(SyntaxNode root, Random random) => AddMember(root, random, _fields);

    public static RandomEdit? AddType(SyntaxNode root, Random random)
    {
        var type = Parse(_types, random);
        var first = root.DescendantNodes().OfType<BaseTypeDeclarationSyntax>()
            .FirstOrDefault(node => node.Parent is not TypeDeclarationSyntax);
        return first is null ? null : new RandomEdit("", root.InsertNodesBefore(first, [type]), first.Span);
    }

    public static RandomEdit? RemoveMember(SyntaxNode root, Random random)
    {
        var members = root.DescendantNodes().OfType<MemberDeclarationSyntax>().Where(IsMember).ToList();
        if (members.Count == 0)
            return null;
        var member = members[random.Next(members.Count)];
        return new RandomEdit("", root.RemoveNode(member, SyntaxRemoveOptions.KeepNoTrivia)!, member.Span);
    }

    public static RandomEdit? SwapMembers(SyntaxNode root, Random random) => Replace<TypeDeclarationSyntax>(root, random, type =>
    {
        if (type.Members.Count < 2)
            return null;
        var (first, second) = (random.Next(type.Members.Count), random.Next(type.Members.Count));
        var members = type.Members.ToList();
        (members[first], members[second]) = (members[second], members[first]);
        return type.WithMembers(SyntaxFactory.List(members));
    });

    public static RandomEdit? AddAttribute(SyntaxNode root, Random random) => Replace<PropertyDeclarationSyntax>(root, random, property =>
    {
        var text = string.Format(CultureInfo.InvariantCulture, _attributes[random.Next(_attributes.Length)], random.Next(1, 100));
        return SyntaxFactory.ParseMemberDeclaration($"[{text}] {property.ToFullString()}");
    });

    public static RandomEdit? RemoveAttribute(SyntaxNode root, Random random)
    {
        var lists = root.DescendantNodes().OfType<AttributeListSyntax>().ToList();
        if (lists.Count == 0)
            return null;
        var list = lists[random.Next(lists.Count)];
        return new RandomEdit("", root.RemoveNode(list, SyntaxRemoveOptions.KeepNoTrivia)!, list.Span);
    }

    public static RandomEdit? AddEnumMember(SyntaxNode root, Random random) => Replace<EnumDeclarationSyntax>(root, random, type =>
        type.WithMembers(type.Members.Insert(
            random.Next(type.Members.Count + 1), SyntaxFactory.EnumMemberDeclaration("Added" + random.Next(1000)))));

    public static RandomEdit? ChangeType(SyntaxNode root, Random random) => Replace<PredefinedTypeSyntax>(root, random, type =>
    {
        var other = type.Keyword.Text switch
        {
            "int" => "long",
            "string" => "string?",
            "double" => "float",
            "bool" => "bool?",
            "decimal" => "double",
            _ => "",
        };
        return other.Length == 0 ? null : SyntaxFactory.ParseTypeName(other).WithTriviaFrom(type);
    });

    public static RandomEdit? ChangeInitializer(SyntaxNode root, Random random) =>
        Replace<EqualsValueClauseSyntax>(root, random, initializer =>
        initializer.Value.Kind() switch
        {
            SyntaxKind.StringLiteralExpression => initializer.WithValue(SyntaxFactory.ParseExpression("\"changed\"")),
            SyntaxKind.NumericLiteralExpression => initializer.WithValue(SyntaxFactory.ParseExpression("77")),
            _ => null,
        });

    private static bool IsMember(MemberDeclarationSyntax member) =>
        member is MethodDeclarationSyntax or PropertyDeclarationSyntax or FieldDeclarationSyntax or EnumMemberDeclarationSyntax;

    private static RandomEdit? AddMember(SyntaxNode root, Random random, string[] texts) =>
        Replace<TypeDeclarationSyntax>(root, random, type => type.OpenBraceToken.IsKind(SyntaxKind.None)
            ? null
            : type.WithMembers(type.Members.Insert(random.Next(type.Members.Count + 1), Parse(texts, random))));

    private static MemberDeclarationSyntax Parse(string[] texts, Random random) => SyntaxFactory.ParseMemberDeclaration(
        "\n" + string.Format(CultureInfo.InvariantCulture, texts[random.Next(texts.Length)], random.Next(2, 1000)) + "\n")!;
}
