using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace MigrationsBuild.Tasks.Fingerprints;

/// <summary>An instruction. Its short and long forms are the same, because the distance of a jump depends on other code.</summary>
/// <param name="Offset">Its position in the code of its method.</param>
/// <param name="Code">The operation.</param>
/// <param name="Operand">The operand; of a jump, the position of its target.</param>
/// <param name="Targets">The positions to which a <c>switch</c> jumps; of other operations, none.</param>
internal readonly record struct Instruction(int Offset, ILOpCode Code, long Operand, int[]? Targets)
{
    public bool HasToken => Code is ILOpCode.Call or ILOpCode.Callvirt or ILOpCode.Newobj
        or ILOpCode.Ldfld or ILOpCode.Stfld or ILOpCode.Ldsfld or ILOpCode.Stsfld or ILOpCode.Ldflda or ILOpCode.Ldsflda
        or ILOpCode.Ldtoken or ILOpCode.Ldftn or ILOpCode.Ldvirtftn or ILOpCode.Box or ILOpCode.Unbox or ILOpCode.Unbox_any
        or ILOpCode.Castclass or ILOpCode.Isinst or ILOpCode.Newarr or ILOpCode.Ldelem or ILOpCode.Stelem or ILOpCode.Ldelema
        or ILOpCode.Initobj or ILOpCode.Ldobj or ILOpCode.Stobj or ILOpCode.Cpobj or ILOpCode.Constrained or ILOpCode.Sizeof
        or ILOpCode.Jmp or ILOpCode.Calli or ILOpCode.Mkrefany or ILOpCode.Refanyval;

    public EntityHandle Token => MetadataTokens.EntityHandle((int)Operand);

    public bool HasLocal => Code is ILOpCode.Ldloc or ILOpCode.Stloc or ILOpCode.Ldloca;

    public bool IsJump => Code.IsBranch();

    /// <summary>Whether the next instruction in the code can't follow this one.</summary>
    public bool Ends => Code is ILOpCode.Br or ILOpCode.Leave or ILOpCode.Ret or ILOpCode.Throw or ILOpCode.Rethrow or ILOpCode.Endfinally
        or ILOpCode.Endfilter or ILOpCode.Jmp;

    public bool IsConstant => Code is >= ILOpCode.Ldnull and <= ILOpCode.Ldc_r8;
}
