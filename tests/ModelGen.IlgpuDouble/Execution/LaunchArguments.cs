using System.Collections.Concurrent;
using System.Reflection;

namespace ILGPU.Execution;

/// <summary>The views that a launch passes, by the kernel's own names for them.</summary>
internal sealed unsafe class LaunchArguments(LoadedKernel kernel)
{
    static readonly ConcurrentDictionary<Type, FieldInfo[]> Fields = new();

    readonly List<(string Name, IArrayView View)> views = [];
    int count;

    /// <summary>Notes the next argument.</summary>
    public LaunchArguments Add<T>(T value)
        where T : struct
    {
        Collect(kernel.Parameters[count++].Name!, typeof(T), value);
        return this;
    }

    /// <summary>Throws unless every view is live device memory on a border of 256 bytes.</summary>
    public void Check()
    {
        foreach (var (name, view) in views)
        {
            if (view.LengthInBytes == 0)
                continue;
            var where = $"Kernel '{kernel.Name}': the view '{name}'";
            if ((nint)view.Pointer % DeviceMemory.Alignment != 0)
                throw new ArgumentException(
                    $"{where} starts {(nint)view.Pointer % DeviceMemory.Alignment} bytes past a border of {DeviceMemory.Alignment}; "
                        + "ILGPU assumes it starts on one.");
            switch (DeviceMemory.Find(view.Pointer, view.LengthInBytes))
            {
                case null:
                    throw new ObjectDisposedException(name, $"{where} belongs to a buffer that has been disposed.");
                case true:
                    throw new ArgumentException($"{where} is host memory.");
            }
        }
    }

    /// <summary>The name of the view that holds an address.</summary>
    public string? NameOf(void* pointer)
    {
        foreach (var (name, view) in views)
        {
            if (pointer >= view.Pointer && (byte*)pointer < (byte*)view.Pointer + Math.Max(view.LengthInBytes, 1))
                return name;
        }
        return null;
    }

    void Collect(string name, Type type, object value)
    {
        if (value is IArrayView view)
        {
            views.Add((name, view));
            return;
        }
        if (type.IsPrimitive || type.IsEnum)
            return;
        var fields = Fields.GetOrAdd(type, static t => t.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic));
        foreach (var field in fields)
            Collect($"{name}.{field.Name}", field.FieldType, field.GetValue(value)!);
    }
}
