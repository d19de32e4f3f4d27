namespace MigrationsBuild.Tasks.Fingerprints;

/// <summary>The code with which the worker begins, without being called by other code.</summary>
internal sealed class ModelRoots(ReachableCode reachable)
{
    /// <summary>The methods that EF Core's tool, and the worker, call instead of Main: see ApplicationServices in the worker.</summary>
    private static readonly HashSet<string> _hostMethods = ["BuildWebHost", "CreateWebHostBuilder", "CreateHostBuilder"];

    /// <summary>Adds the roots.</summary>
    /// <param name="runsMain">Whether the worker runs the entry point.</param>
    public void Add(bool runsMain)
    {
        foreach (var assembly in reachable.Code.Assemblies)
        {
            AddAssembly(assembly);
            if (runsMain && assembly == reachable.Code.Application && assembly.EntryPoint is { } entryPoint)
                AddEntryPoint(entryPoint);

            // In the order in which the worker finds them: of two factories for a context, the first counts.
            foreach (var type in assembly.Types)
                AddType(type);
        }
    }

    private void AddAssembly(CodeAssembly assembly)
    {
        var metadata = assembly.Metadata;
        reachable.Print.Add(assembly.Name);
        reachable.Print.Add(metadata.GetAssemblyDefinition().Version.ToString());
        reachable.Attributes.Print(assembly, metadata.GetAssemblyDefinition().GetCustomAttributes());
        reachable.Attributes.Print(assembly, metadata.GetModuleDefinition().GetCustomAttributes());

        // The worker doesn't look for contexts in an application without EF Core.
        foreach (var name in metadata.AssemblyReferences.Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name)))
        {
            if (name.StartsWith("Microsoft.EntityFrameworkCore", StringComparison.Ordinal))
                reachable.Print.Add(name);
        }
    }

    private void AddType(CodeType type)
    {
        // The module's own type has the initializers of the module.
        if (type.Name == "<Module>" || type.ExternalContracts.Any(ModelContracts.Contains))
        {
            reachable.Print.Add(reachable.Code.NameOf(type));
            reachable.Mention(type);
        }

        if (type.ExternalContracts.Any(ModelContracts.IsOfMigrations))
            reachable.ReachAll(type);
    }

    private void AddEntryPoint(CodeMethod entryPoint)
    {
        foreach (var method in entryPoint.Type.Methods.Where(method => _hostMethods.Contains(method.Name)))
            reachable.Reach(method);

        // The host may not be held where the application builds its own kind of host.
        if (reachable.Code.Types.SelectMany(type => type.ExternalContracts).Any(contract => contract.Name == HostBuilders.Interface))
            reachable.Reach(entryPoint);
        else
            reachable.ReachHeld(Main(entryPoint));
    }

    /// <summary>The entry point; with an asynchronous Main also that and the code of its states.</summary>
    private static List<CodeMethod> Main(CodeMethod entryPoint)
    {
        List<CodeMethod> methods = [entryPoint];
        if (entryPoint.Name != "<Main>")
            return methods;
        var main = entryPoint.Type.Methods.FirstOrDefault(method => method.Name is "<Main>$" or "Main");
        var states = entryPoint.Type.Assembly.Types
            .Where(type => main is not null && type.Name.StartsWith($"{main.Type.Name}+<{main.Name}>d__", StringComparison.Ordinal))
            .ToList();
        if (main is not null)
            methods.Add(main);
        if (states.Count == 1)
            methods.AddRange(states[0].Methods.Where(method => method.Name == "MoveNext"));
        return methods;
    }
}
