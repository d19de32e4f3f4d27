using System.Reflection.Metadata;
using System.Text;

namespace MigrationsBuild.Tasks.Fingerprints;

/// <summary>Adds attributes to a fingerprint.</summary>
internal sealed class AttributePrinter(ReachableCode reachable)
{
    private static readonly char[] _separators = [',', '[', ']', '&', '*', ' '];

    public void Print(CodeAssembly assembly, CustomAttributeHandleCollection attributes)
    {
        foreach (var handle in attributes)
        {
            var attribute = assembly.Metadata.GetCustomAttribute(handle);
            var name = reachable.Code.DeclaringName(assembly, attribute.Constructor);

            // The argument of the latter is a generated name, and the method's code names the type as well.
            if (NullabilityPrinter.Prints(name) || name.EndsWith("StateMachineAttribute", StringComparison.Ordinal))
                continue;
            var constructor = reachable.Read(assembly, attribute.Constructor);
            reachable.Print.Add(constructor.Hash);
            reachable.Follow(constructor, null);
            var bytes = assembly.Bytes(attribute.Value);
            reachable.Print.Add(bytes);

            // Texts for debuggers, and the names of the parts of a tuple, are no names of methods.
            if (!name.StartsWith("System.Diagnostics.", StringComparison.Ordinal)
                && name != "System.Runtime.CompilerServices.TupleElementNamesAttribute")
            {
                Follow(bytes);
            }
        }
    }

    /// <summary>
    /// Whether something may find a method by one of its attributes. The compiler's own are for debuggers, and those of ASP.NET Core are
    /// for requests.
    /// </summary>
    public static bool IsMarked(CodeBase code, CodeMethod method)
    {
        var assembly = method.Type.Assembly;
        foreach (var handle in method.Definition.GetCustomAttributes())
        {
            var name = code.DeclaringName(assembly, assembly.Metadata.GetCustomAttribute(handle).Constructor);
            if (!name.StartsWith("System.Runtime.CompilerServices.", StringComparison.Ordinal)
                && !name.StartsWith("System.Diagnostics.", StringComparison.Ordinal)
                && !name.StartsWith("Microsoft.AspNetCore.", StringComparison.Ordinal)
                && !name.StartsWith("Microsoft.FSharp.Core.", StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// Follows the types and methods that the texts in an attribute's value name. Where a text begins depends on the types of the arguments
    /// before it, which may be in other assemblies. So every position is tried.
    /// </summary>
    private void Follow(byte[] value)
    {
        for (var i = 2; i < value.Length - 1; i++)
        {
            var (length, start) = value[i] < 0x80 ? (value[i], i + 1)
                : i + 2 < value.Length && value[i] < 0xC0 ? ((value[i] & 0x3F) << 8 | value[i + 1], i + 2)
                : (0, 0);
            if (length == 0 || start + length > value.Length || !char.IsLetter((char)value[start]) && value[start] != '_')
                continue;
            foreach (var name in Encoding.UTF8.GetString(value, start, length).Split(_separators, StringSplitOptions.RemoveEmptyEntries))
                reachable.FollowName(name);
        }
    }
}
