using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace MigrationsBuild.Tasks.Fingerprints;

/// <summary>An instruction. Its short and long forms are the same, because the distance of a jump depends on other code.</summary>
/// <param name="Offset">Its position in the code of its method.</param>
/// <param name="Code">The operation.</param>
/// <param name="Operand">The operand; of a jump, the position of its target.</param>
/// <param name="Targets">The positions to which a <c>switch</c> jumps; of other operations, none.</param>
internal sealed record Instruction(int Offset, ILOpCode Code, long Operand, int[]? Targets)
{
    /// <summary>Whether the operand is the token of a type, member or signature.</summary>
    public bool HasToken { get; init; }

    public EntityHandle Token => MetadataTokens.EntityHandle((int)Operand);

    public bool HasLocal => Code is ILOpCode.Ldloc or ILOpCode.Stloc or ILOpCode.Ldloca;

    public bool IsJump => Code.IsBranch();

    /// <summary>The positions of the instructions that may follow this one, apart from the next in the code.</summary>
    public int[] Jumps => IsJump ? [(int)Operand] : Targets ?? [];

    /// <summary>Whether the next instruction in the code can't follow this one.</summary>
    public bool Ends => Code is ILOpCode.Br or ILOpCode.Leave or ILOpCode.Ret or ILOpCode.Throw or ILOpCode.Rethrow or ILOpCode.Endfinally
        or ILOpCode.Endfilter or ILOpCode.Jmp;

    public bool IsConstant => Code is >= ILOpCode.Ldnull and <= ILOpCode.Ldc_r8;
}
