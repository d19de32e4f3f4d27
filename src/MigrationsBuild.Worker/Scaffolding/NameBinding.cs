using System.Reflection;
using MigrationsBuild.Revisions;

namespace MigrationsBuild.Worker.Scaffolding;

/// <summary>
/// What names in generated code mean where it goes. EF Core imports the namespaces of the types that it means, but whatever the file's own
/// namespace and those around it hold comes first: an entity <c>Migration</c> of the application, say.
/// </summary>
/// <param name="assembly">The assembly that the code becomes part of.</param>
/// <param name="context">The context: of the application's own types, the only one that EF Core names.</param>
internal sealed class NameBinding(Assembly assembly, Type context)
{
    private readonly Assembly[] _others = [.. AppDomain.CurrentDomain.GetAssemblies().Where(other =>
        other != assembly && !other.IsDynamic)];
    private readonly HashSet<string> _namespaces = [.. TypesOf(assembly).SelectMany(type => Outwards(type.Namespace ?? ""))];

    /// <summary>The code, with full names in place of those that mean something else there.</summary>
    /// <param name="text">Code that EF Core has generated.</param>
    public string Bind(string text)
    {
        var code = new GeneratedCode(text);
        var words = new Dictionary<LookedUpName, string>();
        foreach (var name in code.Names)
        {
            var (isBound, type) = Bound(name, code.Namespace);
            if (isBound && Meant(name, code) is { } meant && type != meant)
                words[name] = "global::" + meant.FullName!.Split('`')[0].Replace('+', '.');
        }

        return words.Count == 0 ? text : code.Replace(words);
    }

    /// <summary>The type that a new class of that name would hide from code beside it, if the code uses one.</summary>
    /// <param name="className">The class.</param>
    /// <param name="texts">The code.</param>
    public Type? HiddenBy(string className, params string[] texts) => texts.Select(text => new GeneratedCode(text))
        .SelectMany(code => code.Names.Where(name => name is { IsGeneric: false } && TextOf(name) == className).Select(name => Meant(name, code)))
        .FirstOrDefault(type => type is not null);

    /// <summary>The import that is there for the context brings the application's other types, too: those aren't meant.</summary>
    private Type? Meant(LookedUpName name, GeneratedCode code) => name.Text == context.Name ? context : code.Usings
        .Except(Outwards(code.Namespace))
        .Select(space => Find(space, TextOf(name), name.IsGeneric))
        .FirstOrDefault(type => type is not null);

    /// <summary>Whether the namespace or one around it has something of that name, and the type if it is one.</summary>
    private (bool IsBound, Type? Type) Bound(LookedUpName name, string space)
    {
        foreach (var outer in Outwards(space))
        {
            var full = outer.Length == 0 ? name.Text : $"{outer}.{name.Text}";
            if (!name.IsGeneric && !name.IsAttribute && _namespaces.Contains(full))
                return (true, null);
            if (Find(outer, TextOf(name), name.IsGeneric) is { } type)
                return (true, type);
        }

        return (false, null);
    }

    /// <summary>A class that is no attribute is never taken for one.</summary>
    private static string TextOf(LookedUpName name) => name.IsAttribute ? name.Text + "Attribute" : name.Text;

    private Type? Find(string space, string name, bool isGeneric)
    {
        var full = space.Length == 0 ? name : $"{space}.{name}";
        string[] candidates = isGeneric ? [full + "`1", full + "`2", full + "`3"] : [full];
        return candidates.Select(candidate => assembly.GetType(candidate) ?? _others.Select(other => other.GetType(candidate)).FirstOrDefault(type => type is { IsPublic: true }))
            .FirstOrDefault(type => type is not null);
    }

    /// <summary>A namespace, those around it, and the one without name.</summary>
    private static IEnumerable<string> Outwards(string space)
    {
        for (; space.Length > 0; space = space[..Math.Max(space.LastIndexOf('.'), 0)])
            yield return space;
        yield return "";
    }

    private static IEnumerable<Type> TypesOf(Assembly assembly)
    {
        try
        {
            return assembly.GetTypes();
        }
        catch (ReflectionTypeLoadException failure)
        {
            return failure.Types.OfType<Type>();
        }
    }
}
