namespace ILGPU.Util;

/// <summary>Small general functions.</summary>
public static class Utilities
{
    /// <summary>One of two values without a branch; both are computed.</summary>
    public static T Select<T>(bool takeFirst, T first, T second) => takeFirst ? first : second;
}
