// What the C# compiler asks of the runtime for records and `init`; netstandard2.0 lacks it.
#if NETSTANDARD2_0
namespace System.Runtime.CompilerServices;

internal static class IsExternalInit;
#endif
