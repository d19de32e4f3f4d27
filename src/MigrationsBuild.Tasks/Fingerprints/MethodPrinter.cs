using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace MigrationsBuild.Tasks.Fingerprints;

/// <summary>Adds a method and its code to a fingerprint.</summary>
internal sealed class MethodPrinter(ReachableCode reachable, TypePrinter types)
{
    private PrintHash Hash => reachable.Print;

    /// <summary>Adds a method.</summary>
    /// <param name="method">The method.</param>
    /// <param name="stopsAtHost">Whether the code after the call that builds the host never runs.</param>
    public void Print(CodeMethod method, bool stopsAtHost)
    {
        types.Print(method);
        var address = method.Definition.RelativeVirtualAddress;
        if (address == 0 || (method.Definition.ImplAttributes & MethodImplAttributes.CodeTypeMask) != MethodImplAttributes.IL)
            return;
        var assembly = method.Type.Assembly;
        var body = assembly.Image.GetMethodBody(address);
        Print(method, new MethodCode(body, stopsAtHost ? instruction => reachable.BuildsHost(assembly, instruction) : null));
    }

    private void Print(CodeMethod method, MethodCode code)
    {
        var assembly = method.Type.Assembly;
        Hash.Add(code.InitializesLocals ? 1 : 0);
        var locals = new Locals(code, reachable.Code, assembly);
        var instructions = code.Instructions;
        for (var i = 0; i < instructions.Count; i++)
        {
            var instruction = instructions[i];
            Hash.Add((int)instruction.Code);
            if (instruction.HasToken)
                PrintToken(method, code, i, instruction);
            else if (instruction.Code == ILOpCode.Ldstr)
                Hash.Add(assembly.HashOfText((int)instruction.Operand));
            else if (instruction.HasLocal)
                Hash.Add(locals.TextOf((int)instruction.Operand));
            else
                Hash.Add(instruction.IsJump ? code.OrdinalOf((int)instruction.Operand) : instruction.Operand);
            if (instruction.Targets is { } targets)
            {
                foreach (var target in targets)
                    Hash.Add(code.OrdinalOf(target));
            }
        }

        foreach (var region in code.Regions)
        {
            Hash.Add((int)region.Kind);
            Hash.Add(code.OrdinalOf(region.TryOffset));
            Hash.Add(code.EndOf(region.TryOffset + region.TryLength));
            Hash.Add(code.OrdinalOf(region.HandlerOffset));
            Hash.Add(code.EndOf(region.HandlerOffset + region.HandlerLength));
            types.AddType(assembly, region.CatchType);
        }
    }

    private void PrintToken(CodeMethod method, MethodCode code, int index, Instruction instruction)
    {
        var reference = reachable.Read(method.Type.Assembly, instruction.Token);
        Hash.Add(reference.Hash);
        reachable.Follow(reference, method);
        if (reference.External is { Reflection: not Reflection.None and var reflection })
            reachable.Doubt(reference, InContext(reflection, method, code, index));
    }

    /// <summary>What a call may do, if the instructions around it are taken into account.</summary>
    private Reflection InContext(Reflection reflection, CodeMethod method, MethodCode code, int index)
    {
        var assembly = method.Type.Assembly;
        switch (reflection)
        {
            case Reflection.ReturnsAssembly:
                var next = code.Instructions.Skip(index + 1)
                    .SkipWhile(instruction => instruction.IsConstant || instruction.Code == ILOpCode.Ldstr)
                    .FirstOrDefault();
                return next.Code is ILOpCode.Call or ILOpCode.Callvirt
                    && reachable.Read(assembly, next.Token).External is { } user && ExternalCalls.IsHarmlessUse(user)
                        ? Reflection.None
                        : Reflection.FindsTypes;
            case Reflection.FindsNamedMethod:
                var before = index - 1;
                while (before >= 0 && IsPartOfArgument(assembly, code.Instructions[before]))
                    before--;
                if (before < 0 || code.Instructions[before] is not { Code: ILOpCode.Ldstr } name
                    || IsJoined(code, name.Offset, code.Instructions[index].Offset))
                    return Reflection.FindsMethods;
                var text = MetadataTokens.Handle((int)name.Operand);
                reachable.FollowName(assembly.Metadata.GetUserString((UserStringHandle)text));
                return Reflection.None;
            default:
                return reflection;
        }
    }

    /// <summary>Whether a jump leads to a place between two instructions. Then the argument may not be the literal.</summary>
    private static bool IsJoined(MethodCode code, int first, int last) =>
        code.Instructions.Exists(instruction => Array.Exists(instruction.Jumps, target => target > first && target <= last));

    /// <summary>Whether an instruction loads flags, or creates an array of types, as the further arguments of GetMethod are.</summary>
    private bool IsPartOfArgument(CodeAssembly assembly, Instruction instruction) => instruction.IsConstant
        || instruction.Code is ILOpCode.Newarr or ILOpCode.Dup or ILOpCode.Stelem_ref or ILOpCode.Ldtoken
        || (instruction.Code is ILOpCode.Call or ILOpCode.Ldsfld
            && reachable.Read(assembly, instruction.Token).External is { Name: "GetTypeFromHandle" or "EmptyTypes" or "Empty" });

    /// <summary>The locals of a method. Code that never runs has locals as well, so each is numbered by its first use.</summary>
    private sealed class Locals(MethodCode method, CodeBase code, CodeAssembly assembly)
    {
        private readonly Dictionary<int, string> _texts = [];

        public string TextOf(int local)
        {
            if (!_texts.TryGetValue(local, out var text))
            {
                var blob = assembly.Metadata.GetStandaloneSignature(method.Locals).Signature;
                _texts[local] = text = $"{_texts.Count} {code.Signature(assembly, blob, SignatureKind.Locals).Parts[local]}";
            }

            return text;
        }
    }
}
