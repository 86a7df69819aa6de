using System.Reflection;

namespace ModelGen.Benchmarks.Measuring;

/// <summary>The size of what the C# compiler made of a model.</summary>
internal static class EmittedMethods
{
    const BindingFlags Own = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    /// <summary>The IL of the largest method in bytes, class constructors apart: those run once.
    /// From about 40,000 the JIT compiler gives up optimising.</summary>
    public static int LargestInBytes(Type model) => Types(model).SelectMany(Methods).Max(method => method.GetMethodBody()?.GetILAsByteArray()?.Length ?? 0);

    // The class itself and, in a namespace of the model's own, what is behind it; kernels for ILGPU are not for the JIT compiler.
    static IEnumerable<Type> Types(Type model) => model.Assembly.GetTypes().Where(type => type == model
        || (type.Namespace == "ModelGen.Generated." + model.FullName && type.Name is not ("GpuCompiled" or "GpuKernels")));

    static IEnumerable<MethodBase> Methods(Type type) =>
        type.GetMethods(Own).Concat<MethodBase>(type.GetConstructors(Own).Where(constructor => !constructor.IsStatic));
}
