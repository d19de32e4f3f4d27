using System.Reflection.Emit;
using System.Reflection.Metadata;

namespace MigrationsBuild.Tasks.Fingerprints;

/// <summary>The code of a method.</summary>
internal sealed class MethodCode
{
    private static readonly OperandType[] _operands = OperandsByCode();

    private readonly MethodBodyBlock _body;
    private readonly int[] _ordinals;

    /// <param name="body">The code.</param>
    /// <param name="isLast">Whether nothing runs after an instruction.</param>
    public MethodCode(MethodBodyBlock body, Predicate<Instruction>? isLast = null)
    {
        _body = body;
        var all = Read(body.GetILReader());
        _ordinals = new int[body.GetILReader().Length + 1];
        Instructions = isLast is null ? all : Reachable(all, isLast);
        for (var i = 0; i < Instructions.Count; i++)
            _ordinals[Instructions[i].Offset] = i + 1;
    }

    public List<Instruction> Instructions { get; }

    public bool InitializesLocals => _body.LocalVariablesInitialized;

    public StandaloneSignatureHandle Locals => _body.LocalSignature;

    /// <summary>The protected regions that may be entered.</summary>
    public IEnumerable<ExceptionRegion> Regions => _body.ExceptionRegions.Where(region => OrdinalOf(region.TryOffset) > 0);

    /// <summary>Whether the code never returns, because an instruction before is the last.</summary>
    public bool NeverReturns => !Instructions.Exists(instruction => instruction.Code is ILOpCode.Ret or ILOpCode.Jmp);

    /// <summary>The number of the instruction at a position; 0 if it can't be reached.</summary>
    public int OrdinalOf(int offset) => offset < _ordinals.Length ? _ordinals[offset] : 0;

    /// <summary>The number of the first reachable instruction at or after a position.</summary>
    public int EndOf(int offset)
    {
        while (offset < _ordinals.Length && _ordinals[offset] == 0)
            offset++;
        return offset < _ordinals.Length ? _ordinals[offset] : Instructions.Count + 1;
    }

    private List<Instruction> Reachable(List<Instruction> all, Predicate<Instruction> isLast)
    {
        var indexes = new Dictionary<int, int>();
        for (var i = 0; i < all.Count; i++)
            indexes[all[i].Offset] = i;
        var isReached = new bool[all.Count];
        var open = new Stack<int>([0]);
        while (open.Count > 0)
        {
            for (var i = open.Pop(); i < all.Count && !isReached[i]; i++)
            {
                isReached[i] = true;
                foreach (var offset in Handlers(all[i].Offset).Concat(all[i].Jumps))
                    open.Push(indexes[offset]);
                if (all[i].Ends || isLast(all[i]))
                    break;
            }
        }

        return [.. all.Where((_, i) => isReached[i])];
    }

    /// <summary>Where the code continues if an instruction fails, and where a region that it leaves continues.</summary>
    private IEnumerable<int> Handlers(int offset) => _body.ExceptionRegions
        .Where(region => offset >= region.TryOffset && offset < region.TryOffset + region.TryLength)
        .SelectMany(region => region.Kind == ExceptionRegionKind.Filter
            ? new[] { region.HandlerOffset, region.FilterOffset }
            : [region.HandlerOffset]);

    private static List<Instruction> Read(BlobReader reader)
    {
        var instructions = new List<Instruction>();
        while (reader.RemainingBytes > 0)
        {
            var offset = reader.Offset;
            int code = reader.ReadByte();
            if (code == 0xFE)
                code = 0xFE00 | reader.ReadByte();
            instructions.Add(Read(ref reader, offset, (ILOpCode)code));
        }

        return instructions;
    }

    private static Instruction Read(ref BlobReader reader, int offset, ILOpCode code)
    {
        switch (_operands[Index((int)code)])
        {
            case OperandType.InlineNone:
                return code is >= ILOpCode.Ldloc_0 and <= ILOpCode.Ldloc_3 ? new(offset, ILOpCode.Ldloc, code - ILOpCode.Ldloc_0, null)
                    : code is >= ILOpCode.Stloc_0 and <= ILOpCode.Stloc_3 ? new(offset, ILOpCode.Stloc, code - ILOpCode.Stloc_0, null)
                    : new(offset, code, 0, null);
            case OperandType.ShortInlineBrTarget:
                var near = reader.ReadSByte();
                return new(offset, code.GetLongBranch(), reader.Offset + near, null);
            case OperandType.InlineBrTarget:
                var far = reader.ReadInt32();
                return new(offset, code, reader.Offset + far, null);
            case OperandType.ShortInlineI:
                return new(offset, code, reader.ReadSByte(), null);
            case OperandType.ShortInlineVar:
                return new(offset, LongForm(code), reader.ReadByte(), null);
            case OperandType.InlineVar:
                return new(offset, code, reader.ReadUInt16(), null);
            case OperandType.InlineI8:
            case OperandType.InlineR:
                return new(offset, code, reader.ReadInt64(), null);
            case OperandType.InlineSwitch:
                var targets = new int[reader.ReadInt32()];
                for (var i = 0; i < targets.Length; i++)
                    targets[i] = reader.ReadInt32();
                for (var i = 0; i < targets.Length; i++)
                    targets[i] += reader.Offset;
                return new(offset, code, 0, targets);
            case OperandType.InlineI:
            case OperandType.ShortInlineR:
            case OperandType.InlineString:
                return new(offset, code, reader.ReadInt32(), null);
            default:
                return new(offset, code, reader.ReadInt32(), null) { HasToken = true };
        }
    }

    private static ILOpCode LongForm(ILOpCode code) => code switch
    {
        ILOpCode.Ldloc_s => ILOpCode.Ldloc,
        ILOpCode.Stloc_s => ILOpCode.Stloc,
        ILOpCode.Ldloca_s => ILOpCode.Ldloca,
        _ => code,
    };

    private static int Index(int code) => code >= 0xFE00 ? code - 0xFE00 + 256 : code;

    private static OperandType[] OperandsByCode()
    {
        var operands = new OperandType[512];
        foreach (var field in typeof(OpCodes).GetFields())
        {
            var code = (OpCode)field.GetValue(null)!;
            operands[Index((ushort)code.Value)] = code.OperandType;
        }

        return operands;
    }
}
