import { interleavingsContract } from './interleavings';
import { MemoryEventStore } from './memory-event-store';

interleavingsContract('memory', () => [new MemoryEventStore()], 300);
