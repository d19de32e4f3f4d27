using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace MigrationsBuild.Worker.Tests.Fingerprints;

/// <summary>A random edit of a source. It may not compile.</summary>
/// <param name="Kind">The name of the kind of edit.</param>
/// <param name="Root">The new source.</param>
/// <param name="Span">Where the old source is edited.</param>
internal sealed record RandomEdit(string Kind, SyntaxNode Root, TextSpan Span)
{
    /// <summary>Kinds of edits with their weights. Most edits of a working day are edits of a method's body.</summary>
    private static readonly (int Weight, string Kind, Func<SyntaxNode, Random, RandomEdit?> Edit)[] _kinds =
    [
        (16, "literal", BodyEdits.ChangeLiteral),
        (20, "statement added", BodyEdits.AddStatement),
        (10, "statement removed", BodyEdits.RemoveStatement),
        (4, "statement repeated", BodyEdits.RepeatStatement),
        (6, "condition negated", BodyEdits.NegateCondition),
        (6, "operator changed", BodyEdits.ChangeOperator),
        (5, "statement put into try", BodyEdits.WrapInTry),
        (4, "argument captured", BodyEdits.CaptureInLambda),
        (4, "comment", BodyEdits.AddComment),
        (5, "method added", DeclarationEdits.AddMethod),
        (3, "property added", DeclarationEdits.AddProperty),
        (3, "field added", DeclarationEdits.AddField),
        (3, "type added", DeclarationEdits.AddType),
        (2, "member removed", DeclarationEdits.RemoveMember),
        (3, "members swapped", DeclarationEdits.SwapMembers),
        (3, "attribute added", DeclarationEdits.AddAttribute),
        (2, "attribute removed", DeclarationEdits.RemoveAttribute),
        (2, "enum member added", DeclarationEdits.AddEnumMember),
        (3, "type changed", DeclarationEdits.ChangeType),
        (2, "constant changed", DeclarationEdits.ChangeInitializer),
    ];

    /// <summary>Edits a source.</summary>
    /// <param name="tree">The source.</param>
    /// <param name="random">Decides on everything.</param>
    /// <returns>The edit; <see langword="null"/> if the source has nothing for the chosen kind.</returns>
    public static RandomEdit? Of(SyntaxTree tree, Random random)
    {
        var choice = random.Next(_kinds.Sum(kind => kind.Weight));
        var (_, name, edit) = _kinds.First(kind => (choice -= kind.Weight) < 0);
        return edit(tree.GetRoot(), random) is { } result ? result with { Kind = name } : null;
    }

    /// <summary>Replaces one of the nodes that can be edited, chosen at random.</summary>
    /// <param name="root">The source.</param>
    /// <param name="random">Chooses.</param>
    /// <param name="replace">The new node; the same node if it can't be edited.</param>
    public static RandomEdit? Replace<T>(SyntaxNode root, Random random, Func<T, SyntaxNode?> replace)
        where T : SyntaxNode
    {
        var nodes = root.DescendantNodes().OfType<T>().ToList();
        if (nodes.Count == 0)
            return null;
        var node = nodes[random.Next(nodes.Count)];
        return replace(node) is { } edited ? new RandomEdit("", root.ReplaceNode(node, edited), node.Span) : null;
    }

    /// <summary>The tree of the new source.</summary>
    public SyntaxTree TreeFor(SyntaxTree old) =>
        CSharpSyntaxTree.ParseText(Root.ToFullString(), (CSharpParseOptions)old.Options, old.FilePath, System.Text.Encoding.UTF8);
}
