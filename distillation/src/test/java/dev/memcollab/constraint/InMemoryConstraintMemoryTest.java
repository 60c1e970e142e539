package dev.memcollab.constraint;

class InMemoryConstraintMemoryTest extends ConstraintMemoryContract {
    private final InMemoryConstraintMemory memory = new InMemoryConstraintMemory();

    @Override
    protected ConstraintMemory memory() {
        return memory;
    }
}
