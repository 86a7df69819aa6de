using System.Reflection;
using ILGPU;
using ILGPU.Algorithms;
using ILGPU.Backends.EntryPoints;
using ILGPU.Backends.OpenCL;
using ILGPU.Backends.PTX;
using ILGPU.Runtime;
using ILGPU.Runtime.Cuda;
using ILGPU.Runtime.OpenCL;
using ModelGen.Generator.Emit.Common;

namespace ModelGen.Ilgpu.Tests.Texts;

/// <summary>Compiles kernels to what drivers would get; needs no device.</summary>
internal sealed class KernelCompiler : IDisposable
{
    private Context? _context;
    private PTXBackend? _ptx;
    private CLBackend? _cl;

    /// <summary>The texts for compute capability 9.0 and for OpenCL 2.0 without sub-groups.</summary>
    /// <param name="kernel">An explicitly grouped kernel.</param>
    /// <param name="threads">The most threads of a group.</param>
    /// <param name="groups">The fewest groups that a multiprocessor is to hold.</param>
    /// <param name="isForCudaAlone">Whether it has inline PTX: then there is no text for OpenCL.</param>
    public KernelText Compile(MethodInfo kernel, int threads, int groups, bool isForCudaAlone = false)
    {
        if (_context is null)
        {
            _context = Context.Create(builder => builder.Optimize(OptimizationLevel.O2).EnableAlgorithms());
            _ptx = new(_context, CudaArchitecture.SM_90, CudaInstructionSet.ISA_78, null!);
            _cl = new(_context, new(false, false, true, false, false), CLDeviceVendor.Other, new(2, 0));
        }

        try
        {
            var entry = EntryPointDescription.FromExplicitlyGroupedKernel(kernel);
            var specialization = new KernelSpecialization(threads, groups);
            var ptx = ((PTXCompiledKernel)_ptx!.Compile(entry, specialization)).PTXAssembly;
            return new(ptx, isForCudaAlone ? "" : ((CLCompiledKernel)_cl!.Compile(entry, specialization)).Source, null);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // A failed compile spoils its context.
            Dispose();
            return new("", "", $"{e.GetType().Name}: {e.GetBaseException().Message}");
        }
    }

    public void Dispose()
    {
        _ptx?.Dispose();
        _cl?.Dispose();
        _context?.Dispose();
        _context = null;
    }
}
