using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;

namespace ModelGen.Generator.Ops;

internal sealed class Dropout2d : DropoutNdOp
{
    public Dropout2d() : base(2)
    {
    }
}
