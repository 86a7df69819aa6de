namespace ModelGen.Gpu.Tests.Rules;

/// <summary>What ILGPU refuses, miscompiles or turns into something slow or wrong without a word.</summary>
public enum KernelRule
{
    /// <summary>A parameter is an index: the kernel would be grouped by ILGPU, and its branches miscompiled at O2.</summary>
    IndexParameter,

    /// <summary>More than 14 parameters: launchers end there.</summary>
    TooManyParameters,

    /// <summary>A parameter is a bool, a char, a class, a reference or a Span.</summary>
    ParameterType,

    /// <summary>A struct that is passed is not public: ILGPU compiles the kernel into another assembly.</summary>
    StructNotPublic,

    /// <summary>throw.</summary>
    Throw,

    /// <summary>try, using or lock.</summary>
    Try,

    /// <summary>stackalloc.</summary>
    Stackalloc,

    /// <summary>A lambda, a local function or a delegate.</summary>
    Delegate,

    /// <summary>An array, a string or another object on the managed heap.</summary>
    ManagedObject,

    /// <summary>A static field that is not readonly.</summary>
    StaticMutableField,

    /// <summary>The method calls itself, directly or through others.</summary>
    Recursion,

    /// <summary>Span, InlineArray, Unsafe, BitConverter, System.Numerics, intrinsics, System.Half, decimal.</summary>
    BannedType,

    /// <summary>A function that is unresolved, wrong or imprecise on the device; the message names the replacement.</summary>
    BannedCall,

    /// <summary>A condition ? : on numbers, which stays a branch: Utilities.Select, or IntrinsicMath.Max and Min.</summary>
    FloatTernary,

    /// <summary>Arithmetic in double, at 1/64 of the speed.</summary>
    DoublePrecision,

    /// <summary>More than 1,000 statements: the device's assembler takes seconds and spills.</summary>
    TooLong,

    /// <summary>Shared arrays of more than 48 KB.</summary>
    SharedMemory,

    /// <summary>A shared array of two dimensions: DenseX makes the first index contiguous.</summary>
    SharedTwoDimensional,

    /// <summary>A kernel is loaded without its KernelSpecialization.</summary>
    MissingSpecialization,

    /// <summary>A kernel is loaded for ILGPU to group.</summary>
    AutoGrouped,
}
