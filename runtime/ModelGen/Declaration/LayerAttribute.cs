namespace ModelGen;

/// <summary>
/// Declares one step of a network in class form: the attributes of the class are its layers, in order. The arguments have the names of the parameters of the
/// same function of <see cref="Nn"/>; sizes are the same on both axes.
/// </summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public abstract class LayerAttribute : Attribute
{
    private protected LayerAttribute()
    {
    }
}
